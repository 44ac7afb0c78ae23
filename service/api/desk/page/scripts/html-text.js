// HTML bodies of articles to plain text. The parsed document is never shown: no script of it runs, nothing is loaded.

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BR DD DIV DL DT FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE TR UL".split(" "),
);
const LEFT_OUT = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT FIGURE IFRAME SVG FORM BUTTON".split(" "));
// the page's security policy lets this function alone parse markup
const policy = globalThis.trustedTypes?.createPolicy("html-to-text", { createHTML: (markup) => markup });

/** The words of `html`, its paragraphs parted by empty lines. */
export function htmlToText(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const lines = [""];
  gather(parsed.body, lines);
  return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n");
}

function gather(node, lines) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += child.data;
    else if (child.nodeType === Node.ELEMENT_NODE && !LEFT_OUT.has(child.tagName.toUpperCase())) {
      const block = BLOCKS.has(child.tagName);
      if (block) lines.push("");
      gather(child, lines);
      if (block) lines.push("");
    }
  }
}
