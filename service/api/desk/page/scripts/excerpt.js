// The sentence around some words of an article, and those words marked in it.

import { h } from "./dom.js";

const SHORT = 180; // paragraphs up to this many characters are shown whole
const REACH = 220; // most characters shown on either side of the marked words

/** Where the sentence around code points `span` of `points` begins and ends, as code points. */
export function sentenceAround(points, span) {
  const text = points.text;
  const [start, end] = [points.unit(span.start), points.unit(span.end)];
  let from = text.lastIndexOf("\n", start - 1) + 1;
  let to = text.indexOf("\n", end);
  if (start === 0) from = 0;
  if (to < 0) to = text.length;
  if (to - from > SHORT) {
    const bounds = sentences(text.slice(from, to)).map((sentence) => [from + sentence[0], from + sentence[1]]);
    const touched = bounds.filter(([first, last]) => first < end && start < last);
    if (touched.length) [from, to] = [touched[0][0], touched.at(-1)[1]];
  }
  const cut = { before: start - from > REACH, after: to - end > REACH };
  if (cut.before) from = afterSpace(text, start - REACH, start);
  if (cut.after) to = beforeSpace(text, end, end + REACH);
  while (from < start && /\s/.test(text[from])) from++;
  while (to > end && /\s/.test(text[to - 1])) to--;
  return { start: points.index(from), end: points.index(to), cut };
}

function sentences(paragraph) {
  if (!Intl.Segmenter) return [[0, paragraph.length]];
  const found = [];
  for (const { segment, index } of new Intl.Segmenter("id", { granularity: "sentence" }).segment(paragraph)) {
    const last = found.at(-1);
    // a short word before the full stop is an abbreviation (Pol., Dr., No.) rather than the end of a sentence
    if (last && /(^|[\s(])\p{Lu}\p{L}{0,3}\.\s*$/u.test(paragraph.slice(last[0], last[1]))) last[1] = index + segment.length;
    else found.push([index, index + segment.length]);
  }
  return found;
}

function afterSpace(text, from, limit) {
  const space = text.indexOf(" ", from);
  return space < 0 || space >= limit ? limit : space + 1;
}

function beforeSpace(text, limit, to) {
  const space = text.lastIndexOf(" ", to);
  return space <= limit ? limit : space;
}

/** The sentence around `span` as nodes: the words of the span in <mark>, the `values` among them in <strong>. */
export function excerpt(points, span, values = []) {
  const around = sentenceAround(points, span);
  return [
    around.cut.before ? "… " : "",
    points.slice(around.start, span.start),
    h("mark", {}, emphasize(points, span, values)),
    points.slice(span.end, around.end),
    around.cut.after ? " …" : "",
  ];
}

function emphasize(points, span, values) {
  const parts = [];
  let at = span.start;
  for (const value of [...values].sort((one, other) => one.start - other.start)) {
    const [start, end] = [Math.max(value.start, at), Math.min(value.end, span.end)];
    if (start >= end) continue;
    parts.push(points.slice(at, start), h("strong", {}, points.slice(start, end)));
    at = end;
  }
  parts.push(points.slice(at, span.end));
  return parts;
}
