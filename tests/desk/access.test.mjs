// For everybody: axe-core, keyboard, narrow screens, dark mode, both languages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, tryExample, violations, visit } from "./browser.mjs";

const SCREENS = {
  desktop: {},
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  "dark desktop": { colorScheme: "dark" },
  "dark phone in English": { viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "en-GB" },
};

for (const [name, options] of Object.entries(SCREENS)) {
  test(`axe finds nothing on a ${name}: empty, refused, and with every part of the report open`, () =>
    visit(async (page) => {
      assert.deepEqual(await violations(page), []);
      await page.click("#key-panel summary");
      await fill(page, [{ outlet: "Kabar Lereng", text: "Longsor menewaskan 11 orang." }, { outlet: "Warta Bukit", text: "x ".repeat(60_000) }]);
      await page.click("#compare");
      await page.waitForSelector(".refusal");
      assert.deepEqual(await violations(page), []);
      page.on("dialog", (dialog) => dialog.accept());
      await tryExample(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      for (const box of await page.locator(".legend input").all()) await box.check();
      assert.deepEqual(await violations(page), []);
      await page.locator(".see").first().click();
      await page.waitForSelector(".found");
      assert.deepEqual(await violations(page), []);
    }, { ...options, expected: /Failed to load resource/ }));
}

for (const width of [320, 390, 768]) {
  test(`nothing has to be scrolled sideways at ${width} pixels`, () =>
    visit(async (page) => {
      await tryExample(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    }, { viewport: { width, height: 800 } }));
}

test("the whole way goes by keyboard: skip link, example, evidence and back", () =>
  visit(async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    for (let steps = 0; steps < 10 && (await page.evaluate(() => document.activeElement.id)) !== "example"; steps++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#report h2");
    for (let steps = 0; steps < 30 && (await page.evaluate(() => document.activeElement.className)) !== "see"; steps++) await page.keyboard.press("Tab");
    const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.match(label, /^Lihat di artikel .+: .+/);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".found");
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains("found")), true);
    await page.focus("#back");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), label);
  }));

test("headings go down one level at a time, and landmarks hold everything", () =>
  visit(async (page) => {
    await tryExample(page);
    const levels = await page.locator("h1, h2, h3").evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    assert.equal(levels[0], 1);
    levels.slice(1).forEach((level, index) => assert.ok(level <= levels[index] + 1));
    assert.equal(await page.getByRole("main").count(), 1);
    assert.equal(await page.getByRole("article").count(), (await page.locator(".conflict").count()) + 4);
  }));
