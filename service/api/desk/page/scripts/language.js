// The language of the page: which one, its words, and elements that stay in step with it.

import { words as english } from "./words/en.js";
import { words as indonesian } from "./words/id.js";

const WORDS = { id: indonesian, en: english };
const REMEMBERED = "kroscek-language";
const listeners = [];
let current = choose();

function choose() {
  for (const tag of [remembered(), ...navigator.languages]) {
    const code = (tag ?? "").split("-")[0];
    if (Object.hasOwn(WORDS, code)) return code;
  }
  return "id";
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // storage may be forbidden; the browser's languages decide then
  }
}

export const language = () => current;

/** The words under `key`, with {names} filled in from `values`; the key's last part where there are none. */
export function say(key, values = {}) {
  const words = WORDS[current][key];
  if (words === undefined) return key.slice(key.lastIndexOf(".") + 1);
  if (typeof words === "function") return words(values);
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether the language has words under `key`: enumerations of answers may grow. */
export const knows = (key) => Object.hasOwn(WORDS[current], key);

/** Give `element` words that follow the language: its text (`t`), label (`t-label`) or placeholder. */
export function mark(element, name, key) {
  element.setAttribute(`data-${name}`, key);
  fill(element);
}

function fill(element) {
  const { t, tLabel, tPlaceholder } = element.dataset;
  if (t) element.textContent = say(t);
  if (tLabel) element.setAttribute("aria-label", say(tLabel));
  if (tPlaceholder) element.setAttribute("placeholder", say(tPlaceholder));
}

/** Put every marked element of the page into its language. */
export function translate() {
  document.documentElement.lang = current;
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-t], [data-t-label], [data-t-placeholder]")) fill(element);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === current));
  }
}

/** Call `listener` whenever the language has changed. */
export const onLanguage = (listener) => listeners.push(listener);

export function setLanguage(code) {
  if (code === current) return;
  current = code;
  try {
    localStorage.setItem(REMEMBERED, code);
  } catch {
    // it holds for this visit then
  }
  translate();
  for (const listener of listeners) listener();
}
