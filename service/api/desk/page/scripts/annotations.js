// An article's text with everything that was found in it, as nodes that the legend can show and hide.

import { h } from "./dom.js";
import { say } from "./language.js";
import { tellSpeaker } from "./comparison.js";

const LAYERS_OF_TYPES = { PERSON: "person", ORG: "organization", GPE: "place", LOC: "place", FAC: "place" };
export const LAYERS = ["evidence", "person", "organization", "place", "other", "value", "said", "narrated"];

/** All that is found in `article`: spans, each with its layer and words for it. `evidence` are spans of the report. */
export function annotationsOf(article, evidence) {
  const { document } = article;
  const found = evidence.map((span) => ({ span, layer: "evidence", words: "" }));
  for (const stretch of document.boilerplate) found.push({ span: stretch, layer: "boilerplate", words: say("boilerplate") });
  for (const entity of document.entities) {
    const words = `${say(`entity.${entity.type}`)}: ${entity.name}`;
    for (const span of entity.mentions) found.push({ span, layer: LAYERS_OF_TYPES[entity.type] ?? "other", words });
  }
  for (const value of document.values) found.push({ span: value.span, layer: "value", words: "" });
  for (const claim of document.claims) {
    const layer = claim.form === "narrated" ? "narrated" : "said";
    const speaker = tellSpeaker(claim.attribution?.speaker);
    found.push({ span: claim.span, layer, words: [say(`form.${claim.form}`), speaker].filter(Boolean).join(": ") });
  }
  return found;
}

/** The text of `article` as nodes: one element wherever the set of `annotations` that hold changes. */
export function annotate(article, annotations) {
  const { points } = article;
  const cuts = new Map(); // by offset: what begins and what ends there
  const at = (offset) => cuts.get(offset) ?? cuts.set(offset, { begin: [], end: [] }).get(offset);
  at(0);
  for (const annotation of annotations) {
    if (annotation.span.start >= annotation.span.end) continue;
    at(annotation.span.start).begin.push(annotation);
    at(annotation.span.end).end.push(annotation);
  }
  const offsets = [...cuts.keys()].sort((one, other) => one - other);
  const active = new Set();
  const nodes = [];
  offsets.forEach((start, index) => {
    for (const annotation of cuts.get(start).end) active.delete(annotation);
    for (const annotation of cuts.get(start).begin) active.add(annotation);
    const end = offsets[index + 1] ?? points.length;
    if (start < end) nodes.push(piece(points.slice(start, end), start, active));
  });
  return nodes;
}

function piece(text, start, active) {
  const layers = new Set([...active].map((annotation) => annotation.layer));
  const words = [...active].map((annotation) => annotation.words).filter(Boolean);
  return h("span", { class: layers.size ? [...layers].join(" ") : null, "data-start": start, title: words.length ? words.join("\n") : null }, text);
}
