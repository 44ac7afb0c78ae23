// Why there is no analysis, in words, with what to mend and where.

import { byId, freshId, h, scrollTo } from "./dom.js";
import { knows, say } from "./language.js";

const POINTER = /^\/articles\/(\d+)(?:\/(\w+))?/;
const FIELDS = { text: "text", title: "title", source: "outlet", published_at: "published" };

export function clearRefusal() {
  byId("refusal").replaceChildren();
  for (const field of document.querySelectorAll("[aria-invalid]")) {
    document.getElementById(field.getAttribute("aria-describedby"))?.remove();
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

/** Say at each field what is wrong with it, and lead the editor to the first; true where there is any. */
export function pointOut(faults) {
  for (const { field, key } of faults) blame(field, say(key));
  faults[0]?.field.focus();
  return faults.length > 0;
}

function blame(field, text) {
  if (field.hasAttribute("aria-invalid")) return;
  const note = h("p", { class: "fault", id: freshId("fault") }, text);
  field.after(note);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
}

/** Show why the service refused, beside the fields of `forms` (one for each article sent) that are at fault. */
export function showRefusal(refusal, forms) {
  const faults = (refusal.problem.errors ?? []).map((fault) => locate(fault, forms));
  for (const { field, words } of faults) if (field) blame(field, words);
  const heading = h("h2", { tabindex: -1 }, say("refused.heading"));
  byId("refusal").replaceChildren(
    h("section", { class: "refusal" },
      heading,
      h("p", {}, inWords(refusal)),
      faults.length ? h("ul", {}, faults.map(item)) : null,
      refusal.problem.detail ? h("p", { class: "hint", lang: "en" }, say("service-says", { detail: refusal.problem.detail })) : null,
    ),
  );
  scrollTo(heading);
  heading.focus({ preventScroll: true });
}

function inWords({ status, requestId, retryAfter }) {
  if (status === 0) return say("refused.network");
  if (status === -1) return say("refused.unreadable");
  if (status === 503 && !retryAfter) return say("refused.late"); // asking again would take as long again
  const key = knows(`refused.${status}`) ? `refused.${status}` : status >= 500 ? "refused.500" : "refused.other";
  return say(key, { status, id: requestId, seconds: retryAfter || "?" });
}

function locate(fault, forms) {
  const [, index, member] = POINTER.exec(fault.pointer ?? "") ?? [];
  const form = forms[Number(index)];
  const kind = index === undefined && /articles/.test(fault.pointer ?? "") ? "articles" : (member ?? "other");
  const words = limitIn(fault, kind) ?? say(knows(`mend.${kind}`) ? `mend.${kind}` : "mend.other");
  return { form, words, field: form?.[FIELDS[member]], detail: fault.detail, pointer: fault.pointer };
}

/** The limit that a fault names, where it is one of size. */
function limitIn({ detail }, kind) {
  const most = Number(/at most (\d+)/.exec(detail ?? "")?.[1]);
  if (!most) return null;
  return kind === "text" ? say("mend.long", { most }) : kind === "articles" ? say("mend.many", { most }) : null;
}

function item({ form, words, field, detail, pointer }) {
  const where = form ? `${form.legend.textContent} – ` : "";
  const said = h("span", { class: "hint", lang: "en" }, ` ${detail ?? ""}${pointer && !field ? ` (${pointer})` : ""}`);
  if (!field) return h("li", {}, where + words, said);
  const go = (event) => {
    event.preventDefault();
    byId("input").open = true;
    field.focus();
  };
  return h("li", {}, h("a", { href: `#${field.id}`, on: { click: go } }, where + words), said);
}
