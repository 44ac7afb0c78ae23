// The newsroom's JSON for articles: ninjs 3 (headlines, bodies, contentCreated) and 1–2 (headline, body_text, body_html).
// Which member becomes what is as in the service (service/api/ninjs.py), so that a dropped file gives the same text.

import { htmlToText, isMarkup } from "./html-text.js";

const PLAIN = "text/plain";
const HTML = ["text/html", "application/xhtml+xml"];
const FIRST_GENERATION = [["body_text", PLAIN], ["body_html", HTML[0]], ["body_xhtml", HTML[1]]];
const MOMENTS = ["contentCreated", "firstCreated", "versionCreated"].flatMap((name) => [name, name.toLowerCase()]);

/** Whether `message` is a ninjs item rather than an article of this service. */
export const isNinjs = (message) => "uri" in message;

/** The article that the ninjs item `item` holds; its text is "" where there is none. */
export function fromNinjs(item) {
  return {
    id: string(item.uri),
    text: body(item),
    title: headline(item),
    source: outlet(item),
    url: "",
    // Superdesk writes offsets without their colon
    publishedAt: (MOMENTS.map((name) => string(item[name])).find(Boolean) ?? "").replace(/(T.*[+-]\d{2})(\d{2})$/i, "$1:$2"),
    language: string(item.language),
  };
}

function body(item) {
  if (!Array.isArray(item.bodies)) {
    const [name, kind] = FIRST_GENERATION.find(([name]) => typeof item[name] === "string") ?? [];
    return name ? read(item[name], kind) : "";
  }
  const readable = list(item.bodies).filter((part) => kindOf(part));
  const [chosen] = readable.sort((a, b) => rank(a) - rank(b));
  return chosen ? read(string(chosen.value), kindOf(chosen)) : "";
}

/** What comes first: what is not blank, then the role "main", then none, then plain text. */
function rank(part) {
  const role = string(part.role).toLowerCase();
  const blank = string(part.value).trim() ? 0 : 1;
  return blank * 100 + (role === "main" ? 0 : role ? 2 : 1) * 10 + (kindOf(part) === PLAIN ? 0 : 1);
}

/** The media type of a body or headline if it is one that is read, or a guess where none is told. */
function kindOf(part) {
  const told = (string(part.contentType) || string(part.contenttype)).split(";")[0].trim().toLowerCase();
  if (!told) return isMarkup(string(part.value)) ? HTML[0] : PLAIN;
  return [PLAIN, ...HTML].includes(told) ? told : null;
}

const read = (value, kind) => (HTML.includes(kind) ? htmlToText(value) : value);

function headline(item) {
  const filled = list(item.headlines).filter((one) => string(one.value).trim());
  const main = filled.find((one) => string(one.role).toLowerCase() === "main") ?? filled[0];
  return (main && read(main.value, kindOf(main))) || string(item.headline) || string(item.title);
}

function outlet(item) {
  const parties = ["infoSources", "infosources", "infosource"].flatMap((name) => list(item[name]));
  const named = parties.find((party) => string(party.name));
  return named?.name ?? (string(item.source) || string(item.copyrightHolder) || string(item.copyrightholder));
}

const string = (value) => (typeof value === "string" ? value : "");
const list = (value) => (Array.isArray(value) ? value.filter((one) => one && typeof one === "object") : []);
