// Dropped ninjs items give the very text that the service makes of them, and conflicts the CSV of the command line: both
// are held to the same cases.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { BASE, visit } from "./browser.mjs";

const SPECS = new URL("../specs/formats/", import.meta.url);
const read = async (name) => JSON.parse(await readFile(new URL(name, SPECS), "utf8"));
const load = (page, name) => page.evaluate((script) => {
  const main = document.querySelector("script[type=module]").src;
  return new URL(script, main).href;
}, name);

test("HTML becomes the same text in the page as in the service", () =>
  visit(async (page) => {
    const address = await load(page, "html-text.js");
    for (const [name, html, text] of await read("markup.json")) {
      const told = await page.evaluate(async ([script, markup]) => (await import(script)).htmlToText(markup), [address, html]);
      assert.equal(told, text, name);
    }
    // the page's security policy keeps what is parsed from styling it
  }, { expected: /Applying inline style violates/ }));

test("ninjs items become the same articles in the page as in the service", () =>
  visit(async (page) => {
    const address = await load(page, "ninjs.js");
    for (const { name, item, article } of await read("ninjs.json")) {
      const told = await page.evaluate(async ([script, message]) => (await import(script)).fromNinjs(message), [address, item]);
      const { published_at: publishedAt = "", ...members } = article;
      assert.deepEqual(told, { title: "", source: "", language: "", url: "", ...members, publishedAt }, name);
    }
  }));

test("a ninjs item that is sent as it is gives the text that its drop gives", () =>
  visit(async (page) => {
    const address = await load(page, "ninjs.js");
    const [{ item }] = await read("ninjs.json");
    const dropped = await page.evaluate(async ([script, message]) => (await import(script)).fromNinjs(message), [address, item]);
    const answer = await fetch(new URL("v1/entities", BASE), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ articles: [item] }),
    });
    assert.equal((await answer.json()).documents[0].text, dropped.text);
  }));

test("conflicts become the same CSV in the page as on the command line", () =>
  visit(async (page) => {
    const scripts = [await load(page, "comparison.js"), await load(page, "spreadsheet.js")];
    const { articles, answer, csv } = await read("spreadsheet.json");
    const told = await page.evaluate(async ([[comparison, spreadsheet], told, found]) => {
      const [{ Comparison }, { asSpreadsheet }] = [await import(comparison), await import(spreadsheet)];
      return asSpreadsheet(new Comparison(told, { documents: [], agreements: [], ...found }, ""));
    }, [scripts, articles, answer]);
    assert.deepEqual(told.split("\r\n"), csv);
  }));
