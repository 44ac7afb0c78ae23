// The articles that an editor fills in: one fieldset each, added and removed.

import { byId, freshId, h } from "./dom.js";
import { onLanguage, say } from "./language.js";

const ZONES = [["+07:00", "WIB"], ["+08:00", "WITA"], ["+09:00", "WIT"], ["Z", "UTC"]];
const FEWEST = 2;
const WEB_ADDRESS = /^https?:\/\/[^\u0000-\u0020\u007f]{1,1900}$/;
const LANGUAGE_TAG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/;
const forms = [];

/** Add an article, with what is `given` of it. */
export function addArticle(given = {}) {
  const form = build(given);
  forms.push(form);
  byId("article-forms").append(form.element);
  renumber();
  return form;
}

/** Put `articles` into the forms that are still empty, then into new ones. */
export function fillArticles(articles) {
  for (const form of forms.filter(isUntouched)) discard(form);
  for (const article of articles) addArticle(article);
  keepEnough();
}

export function clearArticles() {
  for (const form of [...forms]) discard(form);
}

export const hasText = () => forms.some((form) => form.text.value.trim());

/** Two forms at least stand ready. */
export function keepEnough() {
  while (forms.length < FEWEST) addArticle();
}

const isUntouched = (form) => ![form.outlet, form.title, form.published, form.text].some((field) => field.value.trim());

function build(given) {
  const form = { given, zones: [...ZONES] };
  const field = (name, key, control) => {
    control.id = freshId(name);
    form[name] = control;
    return h("div", { class: "field" }, h("label", { for: control.id, t: key }), control);
  };
  const [moment, zone] = splitMoment(given.publishedAt ?? "");
  if (!ZONES.some(([offset]) => offset === zone)) form.zones.push([zone, `UTC${zone}`]);
  const remove = h("button", { type: "button", class: "remove", t: "remove", on: { click: () => removeArticle(form) } });
  form.remove = remove;
  form.legend = h("legend");
  form.size = h("span", { class: "size" });
  form.element = h("fieldset", { class: "article-form" },
    form.legend,
    remove,
    field("outlet", "outlet", h("input", { type: "text", maxlength: 200, autocomplete: "off" })),
    h("div", { class: "moment" },
      field("published", "published", h("input", { type: "datetime-local", min: "1800-01-01T00:00", max: "2199-12-31T23:59" })),
      field("zone", "zone", h("select", {}, form.zones.map(([offset, name]) => h("option", { value: offset }, name)))),
    ),
    field("title", "headline", h("input", { type: "text", maxlength: 1000, autocomplete: "off" })),
    field("text", "text", h("textarea", { rows: 8, spellcheck: "false", "t-placeholder": "text-placeholder", on: { input: () => tellSize(form) } })),
    form.size,
  );
  form.outlet.value = given.source ?? "";
  form.title.value = given.title ?? "";
  form.published.value = moment;
  form.zone.value = zone;
  form.text.value = given.text ?? "";
  tellSize(form);
  return form;
}

/** The local time and the offset of an RFC 3339 time, as the fields take them. */
function splitMoment(told) {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/i.exec(told);
  if (!parts) return [/^\d{4}-\d{2}-\d{2}$/.test(told) ? `${told}T12:00` : "", "+07:00"];
  const [, minutes, seconds = "", zone = "+07:00"] = parts;
  return [minutes + (seconds === ":00" ? "" : seconds), zone.toUpperCase() === "Z" || zone === "+00:00" ? "Z" : zone];
}

function tellSize(form) {
  const words = form.text.value.match(/\S+/g)?.length ?? 0;
  form.size.textContent = words ? say("size", { words }) : "";
}

function removeArticle(form) {
  const index = forms.indexOf(form);
  discard(form);
  keepEnough();
  renumber();
  forms[Math.min(index, forms.length - 1)].outlet.focus();
}

function discard(form) {
  forms.splice(forms.indexOf(form), 1);
  form.element.remove();
}

function renumber() {
  forms.forEach((form, index) => {
    form.legend.textContent = say("article", { number: index + 1 });
    form.remove.setAttribute("aria-label", say("remove-label", { number: index + 1 }));
    tellSize(form);
  });
}

onLanguage(renumber);

/**
 * The articles as the service takes them, and the form that each came from. `faults` are the fields that have to be
 * mended first, each with the key of the words that say how. Forms in which nothing stands are passed over.
 */
export function collectArticles() {
  const filled = forms.filter((form) => !isUntouched(form));
  const faults = [];
  for (const form of filled) {
    if (!form.text.value.trim()) faults.push({ field: form.text, key: "text-missing" });
    if (form.published.validity.badInput) faults.push({ field: form.published, key: "published-incomplete" });
  }
  const taken = new Set();
  const articles = filled.map((form) => compose(form, taken));
  return { articles, forms: filled, faults };
}

function compose(form, taken) {
  const number = forms.indexOf(form) + 1;
  const { given } = form;
  const name = (given.id ?? "").replace(/[\u0000-\u001f\u007f]/g, " ").trim().slice(0, 150) || say("article", { number });
  let id = name;
  for (let copy = 2; taken.has(id); copy++) id = `${name} (${copy})`;
  taken.add(id);
  // a lone surrogate is half a character that was cut apart: it has no form that can be sent
  const wellFormed = (text) => text.toWellFormed?.() ?? text;
  const article = { id: wellFormed(id), text: wellFormed(form.text.value) };
  if (form.title.value.trim()) article.title = wellFormed(form.title.value.trim());
  if (form.outlet.value.trim()) article.source = { name: wellFormed(form.outlet.value.trim()) };
  if (WEB_ADDRESS.test(given.url ?? "")) article.url = given.url;
  if (form.published.value) article.published_at = whole(form.published.value) + form.zone.value;
  if (LANGUAGE_TAG.test(given.language ?? "")) article.language = given.language;
  return article;
}

const whole = (moment) => (moment.length === 16 ? `${moment}:00` : moment);
