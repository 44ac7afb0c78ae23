// The report as plain text, for a message or a note.

import { tellIndependence, tellOrigin } from "./agreements.js";
import { tellSpeaker } from "./comparison.js";
import { spread } from "./conflicts.js";
import { sentenceAround } from "./excerpt.js";
import { say } from "./language.js";
import { tellMoment, tellValue } from "./moments.js";

export function asText(comparison) {
  const { articles, conflicts, agreements } = comparison;
  return [
    say("report-made", { time: new Date().toLocaleString() }),
    ...articles.map((article) => `- ${[article.outlet, article.title, article.published_at ? tellMoment(article.published_at) : ""].filter(Boolean).join(", ")}`),
    "",
    say("conflicts", { count: conflicts.length }).toUpperCase(),
    ...(conflicts.length ? conflicts.flatMap((conflict, index) => ["", ...tellConflict(comparison, conflict, index + 1)]) : [say("conflicts-none")]),
    "",
    say("agreements", { count: agreements.length }).toUpperCase(),
    ...agreements.flatMap(tellAgreement),
    "",
    say("promise"),
  ].join("\n");
}

function tellConflict(comparison, conflict, number) {
  const tags = [say(`severity.${conflict.severity}`), say(`status.${conflict.status}`), say(`type.${conflict.type}`)];
  return [
    `${number}. ${conflict.topic} [${tags.join(", ")}]`,
    ...conflict.positions.flatMap((position) => [
      `   • ${tellValue(position.value)}`,
      ...spread(position.evidence).map((evidence) => `     – ${tellEvidence(comparison, evidence)}`),
    ]),
    `   ${say("question")}: ${conflict.question}`,
  ];
}

function tellEvidence(comparison, evidence) {
  const article = comparison.articleOf(evidence);
  if (!article) return evidence.span.text;
  const { start, end } = sentenceAround(article.points, evidence.span);
  const speaker = tellSpeaker(evidence.speaker);
  const facts = [
    article.outlet,
    speaker ? say("who-says-so", { speaker }) : "",
    evidence.as_of ? say("as-of", { time: tellMoment(evidence.as_of) }) : "",
  ];
  const before = article.points.slice(start, evidence.span.start);
  const after = article.points.slice(evidence.span.end, end);
  return `${facts.filter(Boolean).join(", ")}: ${oneLine(`${before}«${evidence.span.text}»${after}`)}`;
}

function tellAgreement(agreement) {
  return [
    "",
    `• ${agreement.topic}: ${tellValue(agreement.value)}`,
    `  ${tellIndependence(agreement)} (${agreement.sources.join(", ")})`,
    ...agreement.reasons.map((reason) => `  – ${tellOrigin(reason)}`),
  ];
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();
