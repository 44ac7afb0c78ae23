// An answer beside the articles that it is about: what every part of the report reads from.

import { CodePoints } from "./code-points.js";

const SEVERITIES = ["high", "medium", "low"];
const TIMES = new Set(["date", "time"]);

/** The `answer` to `articles`, with `body`, its bytes as text. */
export class Comparison {
  constructor(articles, answer, body) {
    this.answer = answer;
    this.body = body;
    this.articles = articles.map((article, index) => ({
      ...article,
      index,
      outlet: article.source?.name ?? article.id,
      points: new CodePoints(article.text),
      document: answer.documents.find((document) => document.id === article.id) ?? null,
    }));
    this.byId = new Map(this.articles.map((article) => [article.id, article]));
    // the service sends the gravest first; the order is held here too, since the page promises it
    this.conflicts = [...answer.conflicts].sort((one, other) => rank(one.severity) - rank(other.severity));
    this.agreements = answer.agreements;
  }

  articleOf(evidence) {
    return this.byId.get(evidence.article_id);
  }

  /** The numbers or times in the words of `evidence` that a conflict of `type` is about. */
  valuesIn(evidence, type) {
    const { start, end } = evidence.span;
    const fits = (value) =>
      type === "quantity" ? !TIMES.has(value.kind) : type === "date" || type === "sequence" ? TIMES.has(value.kind) : false;
    const values = this.articleOf(evidence)?.document?.values ?? [];
    return values.filter((value) => value.span.start < end && start < value.span.end && fits(value));
  }
}

const rank = (severity) => (SEVERITIES.includes(severity) ? SEVERITIES.indexOf(severity) : SEVERITIES.length);

/** Who `evidence` or a claim has it from, as one phrase; "" where the outlet itself says so. */
export function tellSpeaker(speaker) {
  if (!speaker?.name) return "";
  const role = speaker.role && !speaker.name.includes(speaker.role) && !speaker.role.includes(speaker.name) ? speaker.role : "";
  return role ? `${speaker.name} (${role})` : speaker.name;
}

/** Where in the page the words of `span` in `article` are. */
export const address = (article, span) => `#article-${article.index + 1}:${span.start}-${span.end}`;
