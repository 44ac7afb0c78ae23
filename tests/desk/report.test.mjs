// The report: conflicts first, evidence that leads to its words, timelines, agreements, and ways out of the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { answerTo, compare, conflictOf, spanOf, tryExample, visit } from "./browser.mjs";

const FIRST = "Sebelas warga 🏚️ tewas.\n\nLongsor Jumat pagi menewaskan 11 orang 😢 di Kampung Pinang.";
const SECOND = "Menurut camat, 14 orang meninggal. Data itu belum final.";
const ARTICLES = [
  { outlet: "Kabar Lereng", published: "2026-02-06T09:00", text: FIRST },
  { outlet: "Warta Bukit", published: "2026-02-07T18:30", text: SECOND },
];
const early = (articles) => ({ article_id: articles[0].id, span: spanOf(articles[0].text, "menewaskan 11 orang"), as_of: "2026-02-06T09:00" });
const late = (articles) => ({ article_id: articles[1].id, span: spanOf(articles[1].text, "14 orang meninggal"), speaker: { name: "Ratna Dewanti", role: "camat" } });

function withValues(articles, parts) {
  const answer = answerTo(articles, parts);
  const value = (index, words, low) => ({ id: `v${index}`, kind: "quantity", span: spanOf(articles[index].text, words), low, high: low, approximate: false, rule: "count" });
  answer.documents[0].values.push(value(0, "11 orang", 11));
  answer.documents[1].values.push(value(1, "14 orang", 14));
  return answer;
}

test("conflicts are told at a glance: topic and values, each line leads to its conflict, hidden with it", () =>
  visit(async (page) => {
    const answer = await tryExample(page);
    const lines = page.locator(".overview li");
    assert.equal(await lines.count(), answer.conflicts.length);
    for (const [index, { topic, positions }] of answer.conflicts.entries()) {
      assert.equal(await lines.nth(index).locator("a").textContent(), topic);
      assert.equal((await lines.nth(index).locator(".values").textContent()).split(" / ").length, positions.length);
    }
    await lines.last().locator("a").click();
    const last = page.locator(".conflict").last();
    await page.waitForFunction((id) => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      return top < innerHeight && bottom > 0;
    }, await last.getAttribute("id"));
    const updates = answer.conflicts.filter(({ status }) => status === "update").length;
    assert.ok(updates > 0 && updates < answer.conflicts.length);
    await page.locator("#conflicts .filter").getByLabel(/Pembaruan/).uncheck();
    assert.equal(await lines.filter({ visible: true }).count(), answer.conflicts.length - updates);
  }));

test("the example shows every conflict of the answer, the gravest first", () =>
  visit(async (page) => {
    const answer = await tryExample(page);
    assert.ok(answer.conflicts.length > 0);
    const topics = await page.locator(".conflict h3").allTextContents();
    assert.equal(topics.length, answer.conflicts.length);
    for (const { topic } of answer.conflicts) assert.ok(topics.some((shown) => shown.endsWith(topic)), topic);
    assert.equal(await page.locator(".conflict .question").count(), answer.conflicts.length);
    assert.equal(await page.locator(".text").count(), 4);
    const parts = await page.locator("#report > section").evaluateAll((sections) => sections.map((section) => section.id));
    assert.deepEqual(parts, ["conflicts", "agreements", "texts"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "report-heading");
    assert.match(await page.locator("#status").textContent(), /Selesai/);
    await page.waitForFunction(() => Math.abs(document.getElementById("report-heading").getBoundingClientRect().top) < 40);
  }));

test("in the example, every marked word is the word of the answer", () =>
  visit(async (page) => {
    const answer = await tryExample(page);
    const expected = [...answer.conflicts.flatMap((conflict) => conflict.positions), ...answer.agreements]
      .flatMap((position) => position.evidence)
      .map((evidence) => evidence.span.text);
    assert.deepEqual((await page.locator("mark").allTextContents()).sort(), expected.sort());
    const texts = await page.evaluate(async () => (await (await fetch(new URL("../example.json", document.querySelector("script[src]").src))).json()).articles.map((article) => article.text));
    assert.deepEqual(await page.locator(".text .body").allTextContents(), texts);
  }));

test("conflicts are sorted by severity even where the answer is not", () =>
  visit(async (page) => {
    const severities = ["low", "unheard-of", "high", "medium"];
    await compare(page, ARTICLES, (articles) =>
      answerTo(articles, { conflicts: severities.map((severity) => conflictOf([["11", early(articles)], ["14", late(articles)]], { severity, topic: severity })) }));
    assert.deepEqual(await page.locator(".conflict h3").allTextContents(), ["1. high", "2. medium", "3. low", "4. unheard-of"]);
  }));

test("positions stand side by side with outlet, speaker, time and the value in its sentence, counted in code points", () =>
  visit(async (page) => {
    await compare(page, ARTICLES, (articles) => withValues(articles, { conflicts: [conflictOf([["11 orang", early(articles)], ["14 orang", late(articles)]])] }));
    const [one, other] = await page.locator(".position").all();
    assert.ok((await one.boundingBox()).x + 100 < (await other.boundingBox()).x);
    assert.equal(await one.locator("mark").textContent(), "menewaskan 11 orang");
    assert.equal(await one.locator("mark strong").textContent(), "11 orang");
    assert.equal(await one.locator("blockquote").textContent(), "Longsor Jumat pagi menewaskan 11 orang 😢 di Kampung Pinang.");
    assert.match(await one.locator("figcaption").textContent(), /Kabar Lereng.*kata media itu sendiri.*keadaan 6 Feb 2026.*09.00/);
    assert.match(await other.locator("figcaption").textContent(), /Warta Bukit.*menurut Ratna Dewanti \(camat\).*terbit 7 Feb 2026.*18.30 WIB/);
  }));

test("a click on evidence scrolls to its words and focuses them, and the way back returns", () =>
  visit(async (page) => {
    await compare(page, ARTICLES, (articles) => answerTo(articles, { conflicts: [conflictOf([["11", early(articles)], ["14", late(articles)]])] }));
    const links = page.locator(".position .see");
    await links.nth(0).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".found");
    assert.equal((await page.locator(".found").allTextContents()).join(""), "menewaskan 11 orang");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "menewaskan 11 orang");
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector(".found").getBoundingClientRect();
      return top > 0 && bottom < innerHeight;
    });
    await page.click("#back");
    assert.equal(await page.evaluate(() => document.activeElement.className), "see");
    await page.locator(".position blockquote").nth(1).click();
    await page.waitForFunction(() => document.querySelector(".found")?.textContent === "14 orang meninggal");
  }));

test("an update shows how the count grew, in the order of time", () =>
  visit(async (page) => {
    await compare(page, ARTICLES, (articles) =>
      withValues(articles, { conflicts: [conflictOf([["14 orang", late(articles)], ["11 orang", early(articles)]], { status: "update" })] }));
    const points = page.locator(".progression li");
    assert.deepEqual(await points.locator(".amount a").allTextContents(), ["11 orang", "14 orang"]);
    const widths = await points.locator(".bar").evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    assert.ok(Math.abs(widths[0] / widths[1] - 11 / 14) < 0.02, String(widths));
  }));

test("agreements tell independent sources, and why some are one", () =>
  visit(async (page) => {
    await compare(page, ARTICLES, (articles) => {
      const evidence = [early(articles), late(articles)];
      const agreement = { id: "a", topic: "hari kejadian", value: "2026-02-06", evidence, sources: ["Kabar Lereng", "Warta Bukit"] };
      return answerTo(articles, { agreements: [
        { ...agreement, independent_sources: 1, origins: ["BPBD"], reasons: ["same-source:BPBD", "cites:Warta Bukit:Kabar Lereng", "unheard-of"] },
        { ...agreement, independent_sources: 2, origins: [], reasons: [] },
      ] });
    });
    const [circular, sound] = await page.locator(".agreement").all();
    assert.match(await circular.textContent(), /Jum, 6 Feb 2026.*2 media, tetapi hanya 1 sumber tersendiri.*Asal keterangan: BPBD/s);
    assert.deepEqual(await circular.locator(".reasons li").allTextContents(), ["mengutip sumber yang sama: BPBD", "Warta Bukit mengutip Kabar Lereng", "unheard-of"]);
    assert.match(await sound.textContent(), /2 media, semuanya sumber tersendiri/);
    assert.match(await page.locator("#conflicts").textContent(), /Tidak ditemukan pertentangan/);
  }));

test("the legend shows and hides each layer, and statuses filter the conflicts", () =>
  visit(async (page) => {
    const answer = await tryExample(page);
    const person = page.locator(".text .body .person:not(.evidence)").first();
    const ground = () => person.evaluate((element) => getComputedStyle(element).backgroundColor);
    const shown = await ground();
    await page.getByRole("checkbox", { name: "Orang" }).uncheck();
    assert.notEqual(await ground(), shown);
    assert.equal(await ground(), "rgba(0, 0, 0, 0)");
    const said = page.locator(".text .body .said").first();
    const underlined = () => said.evaluate((element) => getComputedStyle(element).textDecorationLine);
    assert.equal(await underlined(), "none");
    await page.getByRole("checkbox", { name: "Keterangan berpembicara" }).check();
    assert.equal(await underlined(), "underline");
    const updates = answer.conflicts.filter((conflict) => conflict.status === "update").length;
    if (updates && updates < answer.conflicts.length) {
      await page.getByRole("checkbox", { name: `Pembaruan (${updates})` }).uncheck();
      assert.equal(await page.locator(".conflict:visible").count(), answer.conflicts.length - updates);
    }
  }));

test("English is asked for and shown, and the report changes with the language", () =>
  visit(async (page) => {
    const indonesian = await tryExample(page);
    const answered = page.waitForResponse("**/v1/analyses");
    await page.click("[data-language=en]");
    const response = await answered;
    assert.equal(response.request().headers()["accept-language"], "en");
    const english = await response.json();
    await page.waitForFunction((question) => document.querySelector(".question").textContent.includes(question), english.conflicts[0].question);
    assert.notEqual(english.conflicts[0].question, indonesian.conflicts[0].question);
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.match(await page.locator("#report-heading").textContent(), /^\d+ conflicts?, \d+ agreements?$/);
    await page.reload();
    assert.equal(await page.getAttribute("html", "lang"), "en");
  }));

test("the report is copied as text that names conflicts, outlets, words and questions", () =>
  visit(async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await compare(page, ARTICLES, (articles) => answerTo(articles, { conflicts: [conflictOf([["11 orang", early(articles)], ["14 orang", late(articles)]])] }));
    await page.getByRole("button", { name: "Salin sebagai teks" }).click();
    await page.waitForFunction(() => document.getElementById("status").textContent === "Tersalin.");
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const part of ["1. korban [Sedang, Bertentangan, Angka]", "Kabar Lereng", "«menewaskan 11 orang» 😢 di Kampung Pinang.", "Tanyakan: Berapa?"]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  }));

test("the downloaded JSON is the service's answer, byte for byte", () =>
  visit(async (page) => {
    const answered = page.waitForResponse("**/v1/analyses");
    await tryExample(page);
    const body = await (await answered).body();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Unduh JSON" }).click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), /^kroscek-[\d-]+\.json$/);
    assert.deepEqual(await readFile(await download.path()), body);
  }));

test("the downloaded CSV has a row for each piece of evidence, and says that it is UTF-8", () =>
  visit(async (page) => {
    const answer = await tryExample(page);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Unduh CSV" }).click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), /^kroscek-[\d-]+\.csv$/);
    const text = await readFile(await download.path(), "utf8");
    assert.ok(text.startsWith("\ufeffconflict,type,status,"));
    const evidence = answer.conflicts.flatMap(({ id, positions }) => positions.flatMap((position) => position.evidence.map(() => id)));
    assert.ok(evidence.length > 0);
    assert.deepEqual(text.trim().split("\r\n").slice(1).map((row) => row.split(",")[0]), evidence);
  }));

test("on paper stands the report alone, with the evidence of agreements unfolded", () =>
  visit(async (page) => {
    await tryExample(page);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    for (const hidden of ["#input", ".exports", ".legend", ".see"]) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    for (const visible of [".conflict", ".question", ".text .body", ".agreement blockquote", ".only-print"]) {
      assert.equal(await page.locator(visible).first().isVisible(), true, visible);
    }
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.locator(".agreement details[open]").count(), 0);
    assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  }));
