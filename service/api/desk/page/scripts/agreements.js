// What several outlets state alike: how many sources of their own they are, and why some count as one.

import { h } from "./dom.js";
import { showEvidence } from "./evidence.js";
import { knows, say } from "./language.js";
import { tellValue } from "./moments.js";

export function showAgreements(comparison) {
  const { agreements } = comparison;
  return h("section", { class: "part", id: "agreements", "aria-labelledby": "agreements-heading" },
    h("h2", { id: "agreements-heading", tabindex: -1 }, say("agreements-heading"), " ", h("span", { class: "count" }, agreements.length)),
    agreements.length
      ? h("ul", { class: "agreements" }, agreements.map((agreement) => showAgreement(comparison, agreement)))
      : h("p", {}, say("agreements-none")),
  );
}

function showAgreement(comparison, agreement) {
  const circular = agreement.independent_sources < agreement.sources.length;
  return h("li", { class: "agreement" },
    h("h3", {}, `${agreement.topic}: `, h("span", { class: "value", dir: "auto" }, tellValue(agreement.value))),
    h("p", { class: circular ? "independence fewer" : "independence" }, tellIndependence(agreement)),
    h("p", { class: "hint" }, agreement.sources.join(", "), agreement.origins.length ? ` · ${say("origins", { origins: agreement.origins.join(", ") })}` : ""),
    agreement.reasons.length ? h("ul", { class: "reasons" }, agreement.reasons.map((reason) => h("li", {}, tellOrigin(reason)))) : null,
    h("details", {},
      h("summary", {}, say("evidence", { count: agreement.evidence.length })),
      agreement.evidence.map((evidence) => showEvidence(comparison, evidence, "quantity")),
    ),
  );
}

export const tellIndependence = (agreement) =>
  say("independent", { independent: agreement.independent_sources, sources: agreement.sources.length });

/** Why sources count as one, in words; as it stands where the page does not know the reason. */
export function tellOrigin(reason) {
  const [kind, ...rest] = reason.split(":");
  const key = `origin.${kind}`;
  return knows(key) ? say(key, { detail: rest.join(":"), one: rest[0] ?? "", other: rest.slice(1).join(":") }) : reason;
}
