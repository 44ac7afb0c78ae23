// How a count grew: every statement of it along time.

import { address } from "./comparison.js";
import { h } from "./dom.js";
import { say } from "./language.js";
import { order, tellMoment, tellValue, zoneOf } from "./moments.js";

/** The points of an update in the order of their times: when, what, who, and the number where there is one. */
export function progressionOf(comparison, conflict) {
  const points = [];
  for (const position of conflict.positions) {
    for (const evidence of position.evidence) {
      const article = comparison.articleOf(evidence);
      const moment = evidence.as_of ?? article?.published_at;
      if (!article || !moment) continue;
      const value = numberIn(comparison, evidence, position);
      const at = order(moment, zoneOf(article.published_at) || undefined);
      points.push({ at, moment, article, evidence, amount: value?.low ?? value?.high ?? null, words: value?.span.text ?? tellValue(position.value) });
    }
  }
  return points.sort((one, other) => one.at - other.at);
}

function numberIn(comparison, evidence, position) {
  const values = comparison.valuesIn(evidence, "quantity").filter((value) => (value.low ?? value.high) !== undefined);
  return values.find((value) => position.value.includes(value.span.text)) ?? values[0];
}

export function showProgression(comparison, conflict) {
  const points = progressionOf(comparison, conflict);
  if (points.length < 2) return null;
  const most = Math.max(...points.map((point) => point.amount ?? 0));
  return h("figure", { class: "progression" },
    h("figcaption", {}, say("progression")),
    h("ol", {}, points.map((point) => showPoint(point, most))),
  );
}

function showPoint(point, most) {
  const bar = h("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", most > 0 ? String((point.amount ?? 0) / most) : "0");
  return h("li", {},
    h("time", { datetime: point.moment }, tellMoment(point.moment)),
    h("span", { class: "amount" }, h("a", { href: address(point.article, point.evidence.span) }, point.words), " ", h("span", { class: "outlet" }, point.article.outlet)),
    point.amount === null ? null : bar,
  );
}
