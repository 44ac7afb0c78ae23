// The conflicts as CSV (RFC 4180), a row for each piece of evidence: the columns and cells of `kroscek analyze --csv`.

export const COLUMNS = [
  "conflict", "type", "status", "severity", "topic", "position", "value", "outlet", "speaker", "as_of", "words",
  "article", "start", "end", "url", "explanation", "question", "score", "rule",
];
// what acts on the direction of a line or is no sign at all; a cell is one line
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g;
// articles come from anywhere, and a spreadsheet would run a cell that opens with one of these as a formula
const OPENINGS = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const GUARD = "'";

/** The conflicts of `comparison` as text, a header first, lines ending with CR LF. */
export function asSpreadsheet(comparison) {
  const rows = comparison.answer.conflicts.flatMap((conflict) => describe(comparison, conflict));
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => guard(row[name])))].map(line).join("");
}

function describe(comparison, { id, positions, ...shared }) {
  return positions.flatMap(({ value, evidence }, index) => evidence.map((one) => {
    const article = comparison.articleOf(one);
    return {
      ...shared, conflict: id, position: index + 1, value, outlet: article?.outlet ?? one.article_id, speaker: one.speaker?.name,
      as_of: one.as_of, words: one.span.text, article: one.article_id, start: one.span.start, end: one.span.end, url: article?.url,
    };
  }));
}

/** `cell` on one line, and behind an apostrophe where it would be taken for a formula; numbers stay numbers. */
function guard(cell) {
  if (typeof cell !== "string") return cell ?? "";
  const text = cell.replace(CONTROLS, " ").trim();
  return OPENINGS.test(text) ? GUARD + text : text;
}

const line = (cells) => `${cells.map(quote).join(",")}\r\n`;
const quote = (cell) => (/[",\r\n]/.test(cell) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));
