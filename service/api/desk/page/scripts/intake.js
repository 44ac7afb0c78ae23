// Files that an editor opens or drops: texts, articles and requests as JSON, ninjs. Each becomes articles for the form.

import { fromNinjs, isNinjs } from "./ninjs.js";

const LARGEST = 10_000_000;

/** Why a file cannot be read: `key` names the words for it. */
export class IntakeError extends Error {
  constructor(key, values) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** The articles in `files`, in their order, and an IntakeError for each file that gives none. */
export async function readFiles(files) {
  const articles = [];
  const faults = [];
  for (const file of files) {
    try {
      articles.push(...(await readFile(file)));
    } catch (fault) {
      if (!(fault instanceof IntakeError)) throw fault;
      faults.push(fault);
    }
  }
  return { articles, faults };
}

async function readFile(file) {
  const name = file.name;
  if (!/\.(txt|json|ninjs)$/i.test(name) && !/^text\/plain|json/.test(file.type)) throw new IntakeError("file.type", { name });
  if (file.size > LARGEST) throw new IntakeError("file.size", { name });
  const text = decode(await file.arrayBuffer(), name);
  const stem = name.replace(/\.[^.]*$/, "");
  const found = /\.txt$/i.test(name) || /^text\/plain/.test(file.type) ? [{ id: stem, text, source: stem }] : articlesIn(text, name);
  const articles = found.filter((article) => article.text.trim());
  if (!articles.length) throw new IntakeError("file.empty", { name });
  return articles;
}

function decode(buffer, name) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer);
  } catch {
    throw new IntakeError("file.encoding", { name });
  }
}

function articlesIn(json, name) {
  let message;
  try {
    message = JSON.parse(json);
  } catch (error) {
    throw new IntakeError("file.json", { name, detail: error.message });
  }
  return fromMessage(message);
}

/** The articles of a request, a list, an article or a ninjs item. */
export function fromMessage(message) {
  const items = Array.isArray(message) ? message : Array.isArray(message?.articles) ? message.articles : [message];
  return items.filter((item) => item && typeof item === "object").map((item) => (isNinjs(item) ? fromNinjs(item) : fromArticle(item)));
}

function fromArticle(item) {
  const source = typeof item.source === "object" ? item.source?.name : item.source;
  return {
    id: string(item.id),
    text: string(item.text),
    title: string(item.title),
    source: string(source),
    url: string(item.url),
    publishedAt: string(item.published_at),
    language: string(item.language),
  };
}

const string = (value) => (typeof value === "string" ? value : "");
