// The compared articles: each with its text, highlighted, and lists of who is named and who said what.

import { annotate, annotationsOf, LAYERS } from "./annotations.js";
import { address, tellSpeaker } from "./comparison.js";
import { h } from "./dom.js";
import { knows, say } from "./language.js";
import { tellMoment } from "./moments.js";

const SHOWN_AT_FIRST = new Set(["evidence", "person", "organization", "place", "other", "value"]);

export function showArticles(comparison) {
  const spans = evidenceByArticle(comparison);
  const texts = h("div", { class: "texts" }, comparison.articles.map((article) => showArticle(article, spans.get(article.id) ?? [])));
  const section = h("section", { class: "part", id: "texts", "aria-labelledby": "texts-heading" },
    h("h2", { id: "texts-heading", tabindex: -1 }, say("texts-heading"), " ", h("span", { class: "count" }, comparison.articles.length)),
    legend(texts),
    texts,
  );
  return section;
}

/** Boxes that show and hide what is highlighted in `texts`. */
function legend(texts) {
  const boxes = LAYERS.map((layer) => {
    const shown = SHOWN_AT_FIRST.has(layer);
    texts.classList.toggle(`show-${layer}`, shown);
    const box = h("input", { type: "checkbox", checked: shown, on: { change: () => texts.classList.toggle(`show-${layer}`, box.checked) } });
    return h("label", {}, box, h("span", { class: `sample ${layer}` }, say(`layer.${layer}`)));
  });
  return h("fieldset", { class: "filter legend" }, h("legend", {}, say("legend")), boxes);
}

function evidenceByArticle(comparison) {
  const spans = new Map();
  const told = [...comparison.conflicts.flatMap((conflict) => conflict.positions), ...comparison.agreements];
  for (const { article_id, span } of told.flatMap((position) => position.evidence)) {
    if (!spans.has(article_id)) spans.set(article_id, []);
    spans.get(article_id).push(span);
  }
  return spans;
}

function showArticle(article, evidence) {
  const { document } = article;
  const id = `article-${article.index + 1}`;
  const facts = [article.published_at ? tellMoment(article.published_at) : "", document && !document.problem ? tellCounts(document) : ""];
  return h("article", { class: "text", id, "aria-labelledby": `${id}-heading` },
    h("h3", { id: `${id}-heading`, tabindex: -1 }, article.outlet),
    article.title ? h("p", { class: "headline", lang: document?.language, dir: "auto" }, article.title) : null,
    h("p", { class: "hint" }, facts.filter(Boolean).join(" · ")),
    document?.problem ? tellProblem(document.problem) : null,
    h("div", { class: "body", lang: document?.language, dir: "auto" }, document ? annotate(article, annotationsOf(article, evidence)) : article.text),
    document ? [listClaims(article), listEntities(article)] : null,
  );
}

const tellCounts = ({ entities, values, claims }) => say("counts", { entities: entities.length, values: values.length, claims: claims.length });

function tellProblem(problem) {
  const key = `problem.${problem.code}`;
  return h("p", { class: "notice" }, h("strong", {}, say("not-analyzed")), ". ", knows(key) ? say(key) : problem.title);
}

/** Claims by who makes them, in the order in which they first speak; the outlet's own voice last. */
function listClaims(article) {
  const { claims } = article.document;
  if (!claims.length) return null;
  const speakers = new Map();
  for (const claim of claims) {
    const name = nameSource(claim, article);
    if (!speakers.has(name)) speakers.set(name, []);
    speakers.get(name).push(claim);
  }
  const own = say("via-own", { outlet: article.outlet });
  const ordered = [...speakers].sort(([one], [other]) => Number(one === own) - Number(other === own));
  return h("details", { class: "findings" },
    h("summary", {}, say("who-said-what", { count: claims.length })),
    h("dl", {}, ordered.map(([name, said]) => [h("dt", {}, name), said.map((claim) => h("dd", {}, showClaim(claim, article)))])),
  );
}

function nameSource(claim, article) {
  const { attribution } = claim;
  if (!attribution) return say("via-own", { outlet: article.outlet });
  const name = tellSpeaker(attribution.speaker) || say("unnamed");
  const via = attribution.via.map((speaker) => speaker.name).filter(Boolean);
  const notes = [attribution.anonymous ? say("anonymous") : "", via.length ? say("via", { names: via.join(", ") }) : ""];
  return [name, ...notes.filter(Boolean)].join(" – ");
}

function showClaim(claim, article) {
  const notes = [claim.form === "narrated" ? "" : say(`form.${claim.form}`), knows(`polarity.${claim.polarity}`) ? say(`polarity.${claim.polarity}`) : ""];
  return [
    h("a", { href: address(article, claim.span), lang: article.document.language }, claim.span.text),
    h("span", { class: "hint" }, notes.filter(Boolean).map((note) => ` · ${note}`)),
  ];
}

function listEntities(article) {
  const { entities } = article.document;
  if (!entities.length) return null;
  return h("details", { class: "findings" },
    h("summary", {}, say("who-is-named", { count: entities.length })),
    h("ul", { class: "entities" }, entities.map((entity) => h("li", {},
      h("a", { href: address(article, entity.mentions[0]) }, entity.name),
      h("span", { class: "hint" }, ` · ${say(`entity.${entity.type}`)}${entity.mentions.length > 1 ? ` · ${entity.mentions.length}×` : ""}`),
    ))),
  );
}
