// Articles come in: pasted, from files, dropped; and what is said when the service refuses.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { answerTo, compare, EXAMPLES, fill, GUARDED, KEY, spanOf, visit } from "./browser.mjs";

const TWO = [
  { outlet: "Kabar Lereng", published: "2026-02-06T09:00", text: "Longsor menewaskan 11 orang di Kampung Pinang, kata camat." },
  { outlet: "Warta Bukit", published: "2026-02-07T18:30", text: "Longsor di Kampung Pinang menewaskan 14 orang." },
];
const NO_RESOURCE = /Failed to load resource/;

async function sent(page, act) {
  const asked = page.waitForRequest("**/v1/analyses");
  await act();
  return (await asked).postDataJSON().articles;
}

async function drop(page, name, text, type = "") {
  const data = await page.evaluateHandle(([file, content, kind]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], file, { type: kind }));
    return transfer;
  }, [name, text, type]);
  await page.dispatchEvent("#form", "drop", { dataTransfer: data });
}

const file = (name, content) => ({ name, mimeType: "", buffer: Buffer.from(content) });

test("pasted articles are sent with outlet, time and zone; empty forms are passed over", () =>
  visit(async (page) => {
    await page.click("#add");
    await fill(page, TWO);
    await page.locator("#article-forms select").nth(1).selectOption("WITA");
    const articles = await sent(page, () => page.click("#compare"));
    assert.deepEqual(articles, [
      { id: "Artikel 1", text: TWO[0].text, source: { name: "Kabar Lereng" }, published_at: "2026-02-06T09:00:00+07:00" },
      { id: "Artikel 2", text: TWO[1].text, source: { name: "Warta Bukit" }, published_at: "2026-02-07T18:30:00+08:00" },
    ]);
    await page.waitForSelector("#report h2");
    assert.equal(await page.locator("#input").evaluate((input) => input.open), false);
  }));

test("offsets are right behind emoji and line breaks of Windows, as the real service counts them", () =>
  visit(async (page) => {
    const folder = `${EXAMPLES}kapal-selat-bali/articles/`;
    const texts = await Promise.all((await readdir(folder)).sort().map((name) => readFile(folder + name, "utf8")));
    const answered = page.waitForResponse("**/v1/analyses");
    await compare(page, texts.map((text, index) => ({ outlet: `Media ${index}`, published: "2026-05-09T18:15", text: `🌋🚢 👨‍👩‍👧\r\n\r\n${text}` })));
    const answer = await (await answered).json();
    const told = [...answer.conflicts.flatMap((conflict) => conflict.positions), ...answer.agreements].flatMap((position) => position.evidence);
    assert.ok(told.length >= 2);
    assert.deepEqual((await page.locator("mark").allTextContents()).sort(), told.map(({ span }) => span.text).sort());
    const { span } = answer.conflicts[0].positions[0].evidence[0];
    await page.locator(".see").first().click();
    await page.waitForSelector(".found");
    assert.equal((await page.locator(".found").allTextContents()).join(""), span.text);
  }));

test("articles are added and removed, by keyboard too, and two forms always stand ready", () =>
  visit(async (page) => {
    const forms = page.locator("#article-forms fieldset");
    assert.equal(await forms.count(), 2);
    await page.focus("#add");
    await page.keyboard.press("Enter");
    assert.equal(await forms.count(), 3);
    assert.equal(await page.evaluate(() => document.activeElement.closest("fieldset").querySelector("legend").textContent), "Artikel 3");
    for (const _ of [1, 2, 3]) await page.getByRole("button", { name: "Hapus artikel 1" }).press("Enter");
    assert.equal(await forms.count(), 2);
    assert.deepEqual(await forms.locator("legend").allTextContents(), ["Artikel 1", "Artikel 2"]);
    assert.equal(await page.evaluate(() => document.activeElement.closest("fieldset") !== null), true);
  }));

test("text files are read in the order they come in, with their names as outlets", () =>
  visit(async (page) => {
    const folder = `${EXAMPLES}kapal-selat-bali/articles/`;
    const names = (await readdir(folder)).sort();
    await page.setInputFiles("#files", names.map((name) => folder + name));
    await page.waitForFunction((count) => document.querySelectorAll("#article-forms fieldset").length === count, names.length);
    const articles = await sent(page, () => page.click("#compare"));
    assert.deepEqual(articles.map((article) => article.source.name), names.map((name) => name.replace(".txt", "")));
    assert.ok(articles.every((article) => article.text.length > 500));
  }));

test("JSON is read as an article, a list or a request, and dropped files too", () =>
  visit(async (page) => {
    const article = { id: "nusa-1", text: TWO[0].text, title: "Longsor", source: { name: "Nusa" }, published_at: "2026-02-06T09:00:30Z", language: "id", unknown: 1 };
    await drop(page, "satu.json", JSON.stringify(article));
    await page.waitForFunction(() => document.querySelector("textarea").value);
    await drop(page, "dua.json", JSON.stringify({ articles: [{ ...article, text: TWO[1].text }] }));
    await page.waitForFunction(() => [...document.querySelectorAll("textarea")].every((area) => area.value));
    const articles = await sent(page, () => page.click("#compare"));
    const { unknown, ...known } = article;
    assert.deepEqual(articles, [known, { ...known, id: "nusa-1 (2)", text: TWO[1].text }]);
  }));

test("ninjs 3 and 1 are read, and HTML bodies become text without running anything", () =>
  visit(async (page) => {
    const html = '<p>Longsor menewaskan <b>11</b> orang.</p><script>window.pwned = 1</script><img src="x" onerror="window.pwned = 1"><figure>Foto</figure><ul><li>Satu</li><li>Dua &amp; tiga</li></ul>';
    const third = {
      uri: "https://wire.example/1", language: "id", contentCreated: "2026-02-06T09:00:00+07:00", infoSources: [{ name: "Kantor Berita" }],
      headlines: [{ role: "social", value: "Lihat" }, { role: "main", value: "Longsor" }], bodies: [{ contentType: "text/html", value: html }],
    };
    const second = { uri: "tag:wire:2", versioncreated: "2026-02-06T10:00:00Z", headline: "Longsor lagi", body_text: TWO[1].text, source: "Warta" };
    await page.setInputFiles("#files", [file("a.json", JSON.stringify(third)), file("b.ninjs", JSON.stringify([second]))]);
    await page.waitForFunction(() => [...document.querySelectorAll("textarea")].every((area) => area.value));
    const articles = await sent(page, () => page.click("#compare"));
    assert.deepEqual(articles, [
      { id: "https://wire.example/1", text: "Longsor menewaskan 11 orang.\n\nSatu\n\nDua & tiga", title: "Longsor", source: { name: "Kantor Berita" }, published_at: "2026-02-06T09:00:00+07:00", language: "id" },
      { id: "tag:wire:2", text: TWO[1].text, title: "Longsor lagi", source: { name: "Warta" }, published_at: "2026-02-06T10:00:00Z" },
    ]);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  }, { expected: /inline event handler violates/ }));

test("files that cannot be read are named with what to mend, and spoil no others", () =>
  visit(async (page) => {
    await page.setInputFiles("#files", [
      file("rusak.json", "{"), file("latin.txt", Buffer.from([0x62, 0xe9, 0x62])), file("kosong.json", "{}"), file("gambar.png", "x"), file("baik.txt", TWO[0].text),
    ]);
    await page.waitForSelector("#intake-faults p");
    const faults = await page.locator("#intake-faults p").allTextContents();
    assert.equal(faults.length, 4);
    for (const [index, part] of ["rusak.json: bukan JSON", "latin.txt: bukan teks UTF-8", "kosong.json: tidak ada isi", "gambar.png: hanya .txt"].entries()) assert.ok(faults[index].startsWith(part), faults[index]);
    assert.equal(await page.locator("textarea").first().inputValue(), TWO[0].text);
  }));

test("what is missing is said at its field before anything is sent", () =>
  visit(async (page) => {
    let asked = 0;
    page.on("request", (request) => (asked += request.url().endsWith("/v1/analyses") ? 1 : 0));
    await page.click("#compare");
    assert.match(await page.locator("#intake-faults").textContent(), /Belum ada artikel/);
    await page.locator("#article-forms input[type=text]").first().fill("Kabar Lereng");
    await page.click("#compare");
    const area = page.locator("textarea").first();
    assert.equal(await area.getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
    assert.match(await page.locator(`#${await area.getAttribute("aria-describedby")}`).textContent(), /masih kosong/);
    assert.equal(asked, 0);
  }));

test("a refusal is told in words, and leads to the field at fault", () =>
  visit(async (page) => {
    await fill(page, [TWO[0], { ...TWO[1], text: `${TWO[1].text} `.repeat(3000) }]);
    await page.click("#compare");
    await page.waitForSelector(".refusal");
    assert.match(await page.locator(".refusal").textContent(), /perlu dibetulkan.*Artikel 2 – Isi berita terlalu panjang: paling banyak 50.000 karakter/s);
    await page.locator(".refusal a").click();
    assert.equal(await page.evaluate(() => document.activeElement.closest("fieldset").querySelector("legend").textContent), "Artikel 2");
    assert.equal(await page.locator("textarea").nth(1).getAttribute("aria-invalid"), "true");
    await fill(page, TWO);
    await page.click("#compare");
    await page.waitForSelector("#report h2");
    assert.equal(await page.locator("[aria-invalid], .refusal").count(), 0);
  }, { expected: NO_RESOURCE }));

for (const [status, headers, words] of [
  [429, { "Retry-After": "17" }, /Tunggu 17 detik/],
  [500, { "X-Request-Id": "desk-9" }, /Layanan gagal.*desk-9/],
  [503, { "Retry-After": "1" }, /sedang sibuk/],
  [503, {}, /lebih sedikit artikel/],
  [418, {}, /kode 418/],
]) {
  test(`status ${status} with ${Object.keys(headers)} is told in words`, () =>
    visit(async (page) => {
      await page.route("**/v1/analyses", (route) => route.fulfill({ status, headers, body: "<h1>gateway</h1>" }));
      await fill(page, TWO);
      await page.click("#compare");
      await page.waitForSelector(".refusal");
      assert.match(await page.locator(".refusal").textContent(), words);
      assert.equal(await page.locator("textarea").first().inputValue(), TWO[0].text);
    }, { expected: NO_RESOURCE }));
}

test("a lost connection, and an answer that is none, are told in words", () =>
  visit(async (page) => {
    await fill(page, TWO);
    await page.route("**/v1/analyses", (route) => route.abort());
    await page.click("#compare");
    await page.waitForFunction(() => /tidak dapat dihubungi/.test(document.querySelector(".refusal")?.textContent));
    await page.unroute("**/v1/analyses");
    await page.route("**/v1/analyses", (route) => route.fulfill({ body: "[]" }));
    await page.click("#compare");
    await page.waitForFunction(() => /tidak dapat dibaca/.test(document.querySelector(".refusal")?.textContent));
  }, { expected: NO_RESOURCE }));

test("where a key is asked for, the page says so, sends it as a bearer token, and keeps it nowhere", () =>
  visit(async (page) => {
    await fill(page, TWO);
    await page.click("#compare");
    await page.waitForSelector(".refusal");
    assert.match(await page.locator(".refusal").textContent(), /meminta kunci API/);
    assert.equal(await page.locator("#key").isVisible(), true);
    await page.fill("#key", KEY);
    const asked = page.waitForRequest("**/v1/analyses");
    await page.click("#compare");
    assert.equal((await asked).headers().authorization, `Bearer ${KEY}`);
    await page.waitForSelector("#report h2");
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
    assert.ok(!stored.includes(KEY));
    await page.reload();
    assert.equal(await page.locator("#key").inputValue(), "");
  }, { url: GUARDED, expected: NO_RESOURCE }));

test("progress is seen while the service works, and can be cancelled", () =>
  visit(async (page) => {
    await page.route("**/v1/analyses", () => {});
    await fill(page, TWO);
    await page.click("#compare");
    await page.waitForSelector("#progress:not([hidden])");
    assert.match(await page.locator("#status").textContent(), /Membaca 2 artikel/);
    await page.waitForFunction(() => Number.parseFloat(document.getElementById("progress-time").textContent) >= 0.2);
    await page.click("#cancel");
    await page.waitForSelector("#progress", { state: "hidden" });
    assert.equal(await page.locator("textarea").first().inputValue(), TWO[0].text);
  }));

test("articles in another language, and with nothing but promotion, are named as not analysed", () =>
  visit(async (page) => {
    await compare(page, TWO, (articles) => {
      const answer = answerTo(articles);
      answer.documents[0].problem = { code: "unsupported_language", title: "not supported" };
      answer.documents[1].problem = { code: "unheard-of", title: "Something else" };
      return answer;
    });
    const notices = await page.locator("#report > .notice").allTextContents();
    assert.match(notices[0], /^Kabar Lereng: .*bukan berbahasa Indonesia/);
    assert.equal(notices[1], "Warta Bukit: Something else");
  }));

test("what an article holds is text and never markup", () =>
  visit(async (page) => {
    const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> menewaskan 11 orang';
    await compare(page, [{ outlet: evil.slice(0, 60), text: evil }, { ...TWO[1], outlet: "<b>x</b>" }], (articles) => {
      const answer = answerTo(articles);
      const span = spanOf(evil, "menewaskan 11 orang");
      answer.documents[0].entities.push({ id: "e", type: "<i>", name: evil, mentions: [spanOf(evil, "<script>")], score: 1, rule: "r" });
      answer.agreements.push({ id: "a", topic: evil, value: evil, evidence: [{ article_id: articles[0].id, span, as_of: evil, speaker: { name: evil } }], sources: [evil], independent_sources: 1, origins: [evil], reasons: [evil] });
      return answer;
    });
    assert.equal(await page.locator("#report img, #report script, #report b, #report i").count(), 0);
    assert.equal(await page.locator(".text .body").first().textContent(), evil);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    await assert.rejects(page.evaluate(() => (document.body.innerHTML = "<p>markup</p>")), /TrustedHTML/);
  }, { expected: /TrustedHTML/ }));
