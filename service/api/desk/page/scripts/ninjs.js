// The newsroom's JSON for articles: ninjs 3 (headlines, bodies, contentCreated) and 1–2 (headline, body_text, body_html).

import { htmlToText } from "./html-text.js";

const NINJS = ["bodies", "headlines", "body_text", "body_html", "body_xhtml", "versioncreated", "versionCreated"];

/** Whether `message` is a ninjs item rather than an article of this service. */
export const isNinjs = (message) => !("text" in message) && NINJS.some((member) => member in message);

/** The article that the ninjs item `item` holds; its text is "" where there is none. */
export function fromNinjs(item) {
  return {
    id: string(item.uri),
    text: body(item),
    title: headline(item),
    source: source(item),
    url: webAddress(item.canonicalUrl ?? item.uri),
    publishedAt: moment(item),
    language: string(item.language),
  };
}

function body(item) {
  const bodies = list(item.bodies).map((part) => ({ type: string(part.contentType ?? part.contenttype), value: string(part.value) }));
  const plain = bodies.find((part) => part.value && /^text\/plain/.test(part.type));
  if (plain) return plain.value;
  const marked = bodies.find((part) => part.value);
  if (marked) return /html|xml/.test(marked.type) || marked.value.trimStart().startsWith("<") ? htmlToText(marked.value) : marked.value;
  return string(item.body_text) || htmlToText(string(item.body_html) || string(item.body_xhtml));
}

function headline(item) {
  const headlines = list(item.headlines);
  const main = headlines.find((one) => one.role === "main") ?? headlines[0];
  return string(main?.value) || string(item.headline) || string(item.title);
}

function source(item) {
  const named = [...list(item.infoSources), ...list(item.infosources)].find((one) => string(one.name));
  return string(named?.name) || string(item.source) || string(item.copyrightHolder) || string(item.copyrightholder);
}

function moment(item) {
  const times = ["contentCreated", "firstCreated", "versionCreated", "firstcreated", "versioncreated"];
  return times.map((member) => string(item[member])).find(Boolean) ?? "";
}

const string = (value) => (typeof value === "string" ? value : "");
const list = (value) => (Array.isArray(value) ? value.filter((one) => one && typeof one === "object") : []);
const webAddress = (value) => (/^https?:\/\/\S+$/.test(string(value)) ? value : "");
