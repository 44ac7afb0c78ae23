// The report, from top to bottom: what it is about, conflicts, agreements, articles.

import { showAgreements } from "./agreements.js";
import { showArticles } from "./articles.js";
import { showConflicts } from "./conflicts.js";
import { byId, h, scrollTo } from "./dom.js";
import { exportButtons } from "./exports.js";
import { knows, say } from "./language.js";
import { tellMoment } from "./moments.js";

export function clearReport() {
  byId("report").replaceChildren();
  byId("back").hidden = true;
}

/** Show `comparison`; the focus goes to its heading where `lead` says so. */
export function showReport(comparison, { lead }) {
  const heading = h("h2", { id: "report-heading", tabindex: -1 }, summarize(comparison));
  byId("report").replaceChildren(
    h("div", { class: "report-head" },
      heading,
      h("p", { class: "only-print" }, say("report-made", { time: new Date().toLocaleString() })),
      h("ul", { class: "only-print" }, comparison.articles.map((article) => h("li", {}, tellArticle(article)))),
      exportButtons(comparison),
    ),
    jumps(comparison),
    ...comparison.articles.filter((article) => article.document?.problem).map(warn),
    comparison.articles.length === 1 ? h("p", { class: "notice" }, say("one-article")) : "",
    showConflicts(comparison),
    showAgreements(comparison),
    showArticles(comparison),
    h("p", { class: "hint provenance" }, tellProvenance(comparison.answer.provenance)),
  );
  if (!lead) return;
  scrollTo(heading);
  heading.focus({ preventScroll: true });
}

function summarize({ conflicts, agreements }) {
  return `${say("conflicts", { count: conflicts.length })}, ${say("agreements", { count: agreements.length })}`;
}

/** Links to the parts of the report. */
function jumps({ conflicts, agreements, articles }) {
  const parts = [["conflicts", "conflicts-heading", conflicts], ["agreements", "agreements-heading", agreements], ["texts", "texts-heading", articles]];
  const links = parts.map(([id, key, { length }]) => h("li", {}, h("a", { href: `#${id}` }, `${say(key)} (${length})`)));
  return h("nav", { class: "jumps", "aria-label": say("in-report") }, h("ul", {}, links));
}

const tellArticle = (article) =>
  [article.outlet, article.title, article.published_at ? tellMoment(article.published_at) : ""].filter(Boolean).join(" – ");

function warn(article) {
  const { code, title } = article.document.problem;
  const key = `problem.${code}`;
  return h("p", { class: "notice" }, h("a", { href: `#article-${article.index + 1}` }, article.outlet), ": ", knows(key) ? say(key) : title);
}

const tellProvenance = (provenance) =>
  say("provenance", { service: provenance.service, rules: provenance.rules, digest: provenance.input_digest });
