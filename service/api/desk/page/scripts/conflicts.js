// Conflicts, the gravest first: positions side by side, and the one question to ask.

import { h } from "./dom.js";
import { showEvidence } from "./evidence.js";
import { knows, say } from "./language.js";
import { tellValue } from "./moments.js";
import { showProgression } from "./progression.js";

const SHOWN = 3; // pieces of evidence that a position shows at once
const FEWEST = 3; // conflicts that are told at a glance before they are shown
const LONG = 60; // values longer than this are sentences rather than figures

export function showConflicts(comparison) {
  const { conflicts } = comparison;
  const list = h("ol", { class: "conflicts" }, conflicts.map((conflict, index) => h("li", {}, showConflict(comparison, conflict, index + 1))));
  return h("section", { class: "part", id: "conflicts", "aria-labelledby": "conflicts-heading" },
    h("h2", { id: "conflicts-heading", tabindex: -1 }, say("conflicts-heading"), " ", h("span", { class: "count" }, conflicts.length)),
    conflicts.length ? showList(conflicts, list) : h("p", {}, say("conflicts-none")),
  );
}

function showList(conflicts, list) {
  const overview = conflicts.length < FEWEST ? null : showOverview(conflicts);
  return [statusFilter(conflicts, [list, overview?.querySelector("ol")].filter(Boolean)), overview, list];
}

/** All conflicts at a glance, a line each, which leads to it: a report is many screens long on a phone. */
function showOverview(conflicts) {
  const lines = conflicts.map(({ topic, severity, positions }, index) =>
    h("li", {},
      h("span", { class: `severity ${severity}` }, say(`severity.${severity}`)),
      h("a", { href: `#conflict-${index + 1}` }, topic),
      h("span", { class: "values", dir: "auto" }, positions.map((position) => shorten(tellValue(position.value))).join(" / ")),
    ));
  return h("nav", { class: "overview", "aria-label": say("overview") }, h("ol", {}, lines));
}

const shorten = (value) => (value.length > LONG ? `${value.slice(0, LONG).replace(/\s\S*$/, "")} …` : value);

function statusFilter(conflicts, lists) {
  const statuses = [...new Set(conflicts.map((conflict) => conflict.status))];
  if (statuses.length < 2) return null;
  const boxes = statuses.map((status) => {
    const count = conflicts.filter((conflict) => conflict.status === status).length;
    const box = h("input", { type: "checkbox", checked: true, on: { change: () => hide(status, !box.checked) } });
    return h("label", {}, box, `${say(`status.${status}`)} (${count})`);
  });
  const hide = (status, hidden) => {
    for (const list of lists) {
      [...list.children].forEach((item, index) => {
        if (conflicts[index].status === status) item.hidden = hidden;
      });
    }
  };
  return h("fieldset", { class: "filter" }, h("legend", {}, say("show")), boxes);
}

function showConflict(comparison, conflict, number) {
  const id = `conflict-${number}`;
  return h("article", { class: `conflict ${conflict.severity}`, id, "aria-labelledby": `${id}-topic` },
    h("header", {},
      h("p", { class: "tags" },
        h("span", { class: `severity ${conflict.severity}` }, say(`severity.${conflict.severity}`)),
        h("span", { class: `status ${conflict.status}` }, say(`status.${conflict.status}`)),
        h("span", { class: "type" }, say(`type.${conflict.type}`)),
      ),
      h("h3", { id: `${id}-topic`, tabindex: -1 }, h("span", { class: "number" }, `${number}.`), " ", conflict.topic),
    ),
    conflict.status === "update" ? showProgression(comparison, conflict) : null,
    h("div", { class: "positions" }, conflict.positions.map((position) => showPosition(comparison, position, conflict.type))),
    h("p", { class: "question" }, h("strong", {}, say("question")), " ", conflict.question),
    h("details", { class: "why" },
      h("summary", {}, say("why")),
      h("p", {}, conflict.explanation),
      conflict.reasons.length ? h("ul", {}, conflict.reasons.map((reason) => h("li", {}, tellReason(reason)))) : null,
      h("p", { class: "hint" }, `${say("rule")}: ${conflict.rule} · ${say("score")}: ${Math.round(conflict.score * 100)} %`),
    ),
  );
}

function showPosition(comparison, position, type) {
  const pieces = spread(position.evidence);
  const show = (evidence) => showEvidence(comparison, evidence, type);
  const value = tellValue(position.value);
  return h("div", { class: "position" },
    h("p", { class: value.length > LONG ? "value long" : "value", dir: "auto" }, value),
    position.sources.length > 1 ? h("p", { class: "outlets" }, position.sources.join(", ")) : null,
    pieces.slice(0, SHOWN).map(show),
    pieces.length > SHOWN
      ? h("details", {}, h("summary", {}, say("more-evidence", { count: pieces.length - SHOWN })), pieces.slice(SHOWN).map(show))
      : null,
  );
}

/** `evidence` with one piece of each article before a second of any. */
export function spread(evidence) {
  const seen = new Map();
  const ranked = evidence.map((piece) => {
    const nth = seen.get(piece.article_id) ?? 0;
    seen.set(piece.article_id, nth + 1);
    return [nth, piece];
  });
  return ranked.sort((one, other) => one[0] - other[0]).map(([, piece]) => piece);
}

function tellReason(reason) {
  const [kind, ...rest] = reason.split(":");
  return knows(`reason.${kind}`) ? say(`reason.${kind}`, { detail: rest.join(":") }) : reason;
}
