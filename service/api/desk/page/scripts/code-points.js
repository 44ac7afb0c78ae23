// The service counts Unicode code points, JavaScript UTF-16 units. This is the one place where the two meet.

const ASTRAL = /[\u{10000}-\u{10FFFF}]/u;

export class CodePoints {
  #starts = null; // UTF-16 offset of each code point; null where the two counts are the same

  constructor(text) {
    this.text = text;
    if (!ASTRAL.test(text)) return;
    const starts = [];
    let unit = 0;
    for (const character of text) {
      starts.push(unit);
      unit += character.length;
    }
    starts.push(unit);
    this.#starts = starts;
  }

  /** Number of code points. */
  get length() {
    return this.#starts ? this.#starts.length - 1 : this.text.length;
  }

  /** The UTF-16 offset of code point `index`, held within the text. */
  unit(index) {
    const held = Math.min(Math.max(index, 0), this.length);
    return this.#starts ? this.#starts[held] : held;
  }

  /** The index of the code point that holds UTF-16 offset `unit`. */
  index(unit) {
    if (!this.#starts) return unit;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}
