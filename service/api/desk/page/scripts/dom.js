// Elements from code. Text becomes text nodes and nothing else: no string is ever parsed as markup.

import { mark } from "./language.js";

/**
 * An element with attributes and children. `t` names words of the page's language, which stay in step with it;
 * `on` holds listeners by event; null and false leave an attribute or a child out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "t" || name === "t-label" || name === "t-placeholder") mark(element, name, value);
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Say something to screen readers without moving the focus. */
export function announce(text) {
  byId("status").textContent = text;
}

/** Scroll smoothly over a short way, where the reader's system does not ask for calm; a long way takes no time. */
export function scrollTo(element, block = "start") {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const near = Math.abs(element.getBoundingClientRect().top) < 2 * innerHeight;
  element.scrollIntoView({ block, behavior: near && !calm ? "smooth" : "instant" });
}

let numbers = 0;

/** An id that no other element has. */
export const freshId = (prefix) => `${prefix}-${++numbers}`;
