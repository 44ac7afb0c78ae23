// HTML bodies of articles to plain text, as the service turns them (service/api/markup.py; both are held to the same
// cases). The parsed document is never shown: no script of it runs, nothing is loaded.

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BR DD DETAILS DIV DL DT FIELDSET FOOTER H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI " +
    "MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL").split(" "),
);
const LEFT_OUT = new Set(
  ("AUDIO BUTTON CANVAS DATALIST FIGURE FORM HEAD IFRAME MATH NOSCRIPT OBJECT SCRIPT SELECT STYLE SVG TEMPLATE " +
    "TEXTAREA TITLE VIDEO").split(" "),
);
const SPACE = /[ \t\n\f\r\u00a0]+/g;
const INVISIBLE = /[\u00ad\u200b]/g;
// the page's security policy lets this function alone parse markup
const policy = globalThis.trustedTypes?.createPolicy("html-to-text", { createHTML: (markup) => markup });

/** Whether `content` of an untold type is HTML: it opens with a tag, a comment or a document type. */
export const isMarkup = (content) => /^[ \t\n\f\r]*<[A-Za-z!]/.test(content);

/** The words of `html`, its blocks parted by empty lines. */
export function htmlToText(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const lines = [""];
  gather(parsed.body, lines);
  return lines.map((line) => line.replace(INVISIBLE, "").replace(SPACE, " ").replace(/^ | $/g, "")).filter(Boolean).join("\n\n");
}

function gather(node, lines) {
  const add = (text) => (lines[lines.length - 1] += text);
  for (const child of node.childNodes) {
    const name = child.nodeName.toUpperCase();
    if (child.nodeType === Node.TEXT_NODE) {
      const [first, ...others] = child.parentElement.closest("pre") ? child.data.split("\n") : [child.data];
      add(first);
      lines.push(...others);
    } else if (child.nodeType === Node.ELEMENT_NODE && !LEFT_OUT.has(name)) {
      const [before, after] = BLOCKS.has(name) ? [null, null] : name === "Q" ? ["\u201c", "\u201d"] : /^T[DH]$/.test(name) ? [" ", " "] : ["", ""];
      before === null ? lines.push("") : add(before);
      gather(child, lines);
      after === null ? lines.push("") : add(after);
    }
  }
}
