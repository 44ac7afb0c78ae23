// The report leaves the page: as text on the clipboard, as the service's own bytes or as CSV in a file, on paper.

import { announce, h } from "./dom.js";
import { say } from "./language.js";
import { asText } from "./plain-text.js";
import { asSpreadsheet } from "./spreadsheet.js";

// by which Excel knows that a file is UTF-8
const BYTE_ORDER_MARK = "\ufeff";

export function exportButtons(comparison) {
  const button = (key, act) => h("button", { type: "button", on: { click: act } }, say(key));
  const copied = h("span", { class: "copied", "aria-hidden": "true" });
  const copy = async () => {
    const told = say((await copyText(asText(comparison))) ? "copied" : "copy-failed");
    announce(told);
    copied.textContent = told;
    setTimeout(() => (copied.textContent = ""), 4000);
  };
  return h("div", { class: "exports" },
    button("copy-text", copy),
    copied,
    button("download-json", () => download(comparison.body, "json", "application/json")),
    button("download-csv", () => download(BYTE_ORDER_MARK + asSpreadsheet(comparison), "csv", "text/csv")),
    button("print", () => print()),
  );
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Copy where the clipboard's interface is missing, as on plain HTTP within an office. */
function copyBySelection(text) {
  const focused = document.activeElement;
  const area = h("textarea", { class: "unseen", readonly: true, "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

function download(body, ending, type) {
  const url = URL.createObjectURL(new Blob([body], { type }));
  const stamp = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-");
  h("a", { href: url, download: `kroscek-${stamp}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Paper cannot unfold anything: what is folded is opened while the page is printed. */
export function watchPrinting() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("#report details:not([open], .findings, .why)")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}
