// From evidence to its words in the article, and back again.

import { byId, scrollTo } from "./dom.js";

const ADDRESS = /^#(article-\d+):(\d+)-(\d+)$/;
let origin = null; // the link that led to the words

/** Follow links to words of articles, by pointer, keyboard or the browser's history. */
export function watchAddresses() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#article-"]');
    if (!link) return;
    origin = link;
    if (link.hash === location.hash) reveal(); // the address does not change, so nothing else would follow the link
  });
  addEventListener("hashchange", reveal);
  byId("back").addEventListener("click", goBack);
}

function reveal() {
  const parts = ADDRESS.exec(location.hash);
  const article = parts && byId(parts[1]);
  byId("back").hidden = !article || !origin?.isConnected;
  if (!article) return;
  const [start, end] = [Number(parts[2]), Number(parts[3])];
  for (const piece of document.querySelectorAll(".found")) piece.classList.remove("found");
  const pieces = [...article.querySelectorAll("[data-start]")].filter((piece) => {
    const offset = Number(piece.dataset.start);
    return start <= offset && offset < end;
  });
  for (const piece of pieces) piece.classList.add("found");
  const first = pieces[0] ?? article;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  scrollTo(first, "center");
}

function goBack() {
  byId("back").hidden = true;
  if (!origin?.isConnected) return;
  history.replaceState(null, "", location.pathname + location.search);
  scrollTo(origin, "center");
  origin.focus({ preventScroll: true });
}
