// The desk page: articles in, one call, the report out.

import { addArticle, clearArticles, collectArticles, fillArticles, hasText, keepEnough } from "./article-forms.js";
import { Comparison } from "./comparison.js";
import { announce, byId, h } from "./dom.js";
import { watchPrinting } from "./exports.js";
import { fromMessage, readFiles } from "./intake.js";
import { language, onLanguage, say, setLanguage, translate } from "./language.js";
import { clearRefusal, pointOut, showRefusal } from "./refusals.js";
import { clearReport, showReport } from "./report.js";
import { watchAddresses } from "./reveal.js";
import { analyze } from "./service.js";

const EXAMPLE = new URL("../example.json", import.meta.url);
let running = null; // what cancels the request in work
let shown = null; // the articles of the report that is shown
let typed = false; // whether the editor would lose something by leaving

async function compare(articles, forms, { lead }) {
  running?.abort();
  const own = (running = new AbortController());
  clearRefusal();
  const stop = showProgress(articles.length);
  try {
    const { answer, body } = await analyze(articles, { language: language(), key: byId("key").value.trim(), signal: own.signal });
    stop(); // before the report is scrolled to: what stands above it may not move any more
    shown = articles;
    if (lead) byId("input").open = false;
    byId("input-summary").textContent = articles.map((article) => article.source?.name ?? article.id).join(", ");
    showReport(new Comparison(articles, answer, body), { lead });
    announce(say("done", { conflicts: answer.conflicts.length, agreements: answer.agreements.length }));
  } catch (error) {
    if (error.name === "AbortError") return;
    if (error.status === undefined) throw error;
    clearReport();
    shown = null;
    byId("input").open = true;
    if (error.status === 401) byId("key-panel").open = true;
    showRefusal(error, forms);
  } finally {
    if (running === own) {
      running = null;
      stop();
    }
  }
}

let ticking = 0;

function showProgress(count) {
  const began = performance.now();
  const tick = () => (byId("progress-time").textContent = say("seconds", { seconds: ((performance.now() - began) / 1000).toFixed(1) }));
  byId("progress-text").textContent = say("working", { count });
  byId("progress").hidden = false;
  document.body.setAttribute("aria-busy", "true");
  announce(say("working", { count }));
  tick();
  clearInterval(ticking);
  ticking = setInterval(tick, 100);
  return () => {
    clearInterval(ticking);
    byId("progress").hidden = true;
    document.body.removeAttribute("aria-busy");
  };
}

async function submit(event) {
  event.preventDefault();
  clearRefusal();
  const { articles, forms, faults } = collectArticles();
  const none = byId("intake-faults");
  none.replaceChildren();
  if (pointOut(faults)) return;
  if (!articles.length) {
    none.replaceChildren(h("p", { class: "fault" }, say("no-text")));
    return;
  }
  await compare(articles, forms, { lead: true });
}

async function take(files) {
  const { articles, faults } = await readFiles(files);
  byId("intake-faults").replaceChildren(...faults.map((fault) => h("p", { class: "fault" }, say(fault.key, fault.values))));
  if (!articles.length) return;
  typed = true;
  byId("input").open = true;
  fillArticles(articles);
  announce(say("files", { count: articles.length }));
}

async function tryExample() {
  if (hasText() && !confirm(say("replace-articles"))) return;
  let articles;
  try {
    articles = fromMessage(await (await fetch(EXAMPLE)).json());
  } catch {
    byId("intake-faults").replaceChildren(h("p", { class: "fault" }, say("refused.network")));
    return;
  }
  clearArticles();
  fillArticles(articles);
  byId("form").requestSubmit();
}

function watchDrops() {
  const target = document.documentElement;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    target.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) target.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    target.classList.remove("dropping");
    if (!hasFiles(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

function start() {
  translate();
  keepEnough();
  byId("form").addEventListener("submit", submit);
  byId("form").addEventListener("input", () => (typed = true));
  byId("add").addEventListener("click", () => addArticle().outlet.focus());
  byId("example").addEventListener("click", tryExample);
  byId("pick").addEventListener("click", () => byId("files").click());
  byId("files").addEventListener("change", async (event) => {
    await take([...event.target.files]);
    event.target.value = "";
  });
  byId("cancel").addEventListener("click", () => {
    running?.abort();
    announce(say("cancelled"));
    byId("compare").focus();
  });
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => setLanguage(button.dataset.language));
  }
  // topics and questions are the service's words, so it is asked again in the other language
  onLanguage(() => shown && compare(shown, [], { lead: false }));
  addEventListener("beforeunload", (event) => typed && event.preventDefault());
  watchDrops();
  watchAddresses();
  watchPrinting();
}

start();
