// Evidence in the report: who says it, as of when, and the sentence with the words marked.

import { address, tellSpeaker } from "./comparison.js";
import { h } from "./dom.js";
import { excerpt } from "./excerpt.js";
import { say } from "./language.js";
import { tellMoment } from "./moments.js";

/** One piece of evidence; its `type` is that of the conflict, and says which values in it matter. */
export function showEvidence(comparison, evidence, type) {
  const article = comparison.articleOf(evidence);
  if (!article) return null;
  const values = comparison.valuesIn(evidence, type).map((value) => value.span);
  const href = address(article, evidence.span);
  const words = evidence.span.text.length > 60 ? `${evidence.span.text.slice(0, 60)}…` : evidence.span.text;
  const link = h("a", { href, class: "see", "aria-label": say("see-in-article-label", { outlet: article.outlet, words }) }, say("see-in-article"));
  const speaker = tellSpeaker(evidence.speaker);
  return h("figure", { class: "evidence" },
    h("figcaption", {},
      h("cite", {}, article.outlet),
      h("span", { class: "speaker" }, speaker ? say("who-says-so", { speaker }) : say("own-voice")),
      tellTime(evidence, article),
    ),
    h("blockquote", { dir: "auto", lang: article.document?.language, on: { click: () => followUnlessSelecting(link) } },
      excerpt(article.points, evidence.span, values)),
    link,
  );
}

function tellTime(evidence, article) {
  if (evidence.as_of) return h("time", { datetime: evidence.as_of }, say("as-of", { time: tellMoment(evidence.as_of) }));
  if (!article.published_at) return null;
  return h("time", { datetime: article.published_at }, say("published-at", { time: tellMoment(article.published_at) }));
}

function followUnlessSelecting(link) {
  if (getSelection().isCollapsed) link.click();
}
