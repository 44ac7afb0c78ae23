// A headless Chromium on the desk page. Whatever the page logs as an error, and every request to elsewhere, is a failure.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const BASE = process.env.KROSCEK_URL;
export const GUARDED = process.env.KROSCEK_GUARDED_URL; // the same service, which asks for a key
export const KEY = process.env.KROSCEK_KEY;
export const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

const ARGUMENTS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGUMENTS });
});
after(() => browser?.close());

/** Open the desk page, act on it, and hold it against what no page may do. `expected` are errors that belong to the case. */
export async function visit(act, { url = BASE, expected = /^$/, ...options } = {}) {
  const context = await browser.newContext({ locale: "id-ID", viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("blob:")) faults.push(`request to ${request.url()}`);
  });
  try {
    await page.goto(url);
    await page.waitForSelector("#article-forms fieldset");
    await act(page);
    assert.deepEqual(faults.filter((fault) => !expected.test(fault)), []);
  } finally {
    await context.close();
  }
}

/** Compare the built-in example; what the service answered. */
export async function tryExample(page) {
  const answered = page.waitForResponse("**/v1/analyses");
  await page.click("#example");
  const answer = await (await answered).json();
  await page.waitForSelector("#report h2");
  return answer;
}

/** Fill in `articles`, each {outlet, published, text}; where `answer` is given, the service seems to give it. */
export async function compare(page, articles, answer = null) {
  if (answer) await page.route("**/v1/analyses", (route) => route.fulfill({ json: answer(JSON.parse(route.request().postData()).articles) }));
  await fill(page, articles);
  await page.click("#compare");
  await page.waitForSelector("#report h2");
}

export async function fill(page, articles) {
  const forms = page.locator("#article-forms fieldset");
  for (const [index, article] of articles.entries()) {
    if ((await forms.count()) <= index) await page.click("#add");
    const form = forms.nth(index);
    await form.locator("input[type=text]").first().fill(article.outlet ?? "");
    if (article.published) await form.locator("input[type=datetime-local]").fill(article.published);
    await form.locator("textarea").fill(article.text);
  }
}

/** What axe-core finds wrong with the page as it stands. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html.slice(0, 150)}: ${node.failureSummary}`)]);
}

/** The span of `words` in `text`, counted in code points as the service counts. */
export function spanOf(text, words) {
  const at = text.indexOf(words);
  assert.ok(at >= 0, words);
  const start = [...text.slice(0, at)].length;
  return { start, end: start + [...words].length, text: words };
}

/** An answer to `articles` in which nothing was found, with `parts` instead of what is there. */
export function answerTo(articles, parts = {}) {
  const documents = articles.map((article) => ({
    id: article.id, language: "id", language_score: 1, analyzed: [], boilerplate: [], entities: [], values: [], claims: [],
  }));
  const provenance = { service: "0", rules: "0", models: {}, input_digest: "sha-256:0" };
  return { documents, conflicts: [], agreements: [], provenance, ...parts };
}

/** A conflict between `positions`, each a value with its evidence. */
export function conflictOf(positions, parts = {}) {
  return {
    id: "c", type: "quantity", status: "contradiction", topic: "korban", severity: "medium", score: 0.8, rule: "r",
    explanation: "Angka berbeda.", question: "Berapa?", reasons: [],
    positions: positions.map(([value, ...evidence]) => ({ value, sources: [...new Set(evidence.map((one) => one.article_id))], evidence })),
    ...parts,
  };
}
