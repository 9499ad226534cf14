/** Show notes as elements: a feed's HTML is read without being run, and only what text needs is built from it. */
import { h } from "preact";
import { safeHref } from "./links.js";

/** @import { ComponentChild } from "preact" */

/** What stays, and as what; anything else leaves its text. */
const KEPT = /** @type {Record<string, string>} */ ({
  P: "p", BR: "br", UL: "ul", OL: "ol", LI: "li", STRONG: "strong", B: "strong", EM: "em", I: "em", BLOCKQUOTE: "blockquote",
  PRE: "pre", CODE: "code", H1: "h3", H2: "h3", H3: "h3", H4: "h3", H5: "h3", H6: "h3", DIV: "div", HR: "hr",
});
/** What goes with all that is in it. */
const DROPPED = new Set(["SCRIPT", "STYLE", "IFRAME", "OBJECT", "EMBED", "TEMPLATE", "NOSCRIPT", "SVG", "MATH", "TITLE", "HEAD", "FORM"]);
/** Deeper than this nobody writes. */
const DEEPEST = 24;
const TIME = /\b(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)\b/g;

/**
 * @param {string} html
 * @param {(seconds: number, text: string) => ComponentChild} [atTime] what stands for a time such as "12:40"
 * @returns {ComponentChild[]}
 */
export function showNotes(html, atTime) {
  // A parsed document belongs to no window: nothing in it runs, and none of its pictures is fetched.
  const document = new DOMParser().parseFromString(html, "text/html");
  return children(document.body, atTime, 0);
}

/** @param {Node} node @param {((seconds: number, text: string) => ComponentChild) | undefined} atTime @param {number} depth
 *  @returns {ComponentChild[]} */
function children(node, atTime, depth) {
  return depth > DEEPEST ? [node.textContent] : [...node.childNodes].flatMap((child) => build(child, atTime, depth));
}

/** @param {Node} node @param {((seconds: number, text: string) => ComponentChild) | undefined} atTime @param {number} depth
 *  @returns {ComponentChild[]} */
function build(node, atTime, depth) {
  if (node.nodeType === Node.TEXT_NODE) return timesIn(node.nodeValue ?? "", atTime);
  if (!(node instanceof Element) || DROPPED.has(node.tagName.toUpperCase())) return [];
  if (node.tagName === "A") {
    const inside = children(node, undefined, depth + 1);
    const href = safeHref(node.getAttribute("href"));
    return href ? [h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", class: "prose-link" }, inside)] : inside;
  }
  const tag = KEPT[node.tagName];
  if (tag === "br" || tag === "hr") return [h(tag, null)];
  const inside = children(node, atTime, depth + 1);
  return tag ? [h(tag, null, inside)] : inside;
}

/** @param {string} text @param {((seconds: number, text: string) => ComponentChild) | undefined} atTime @returns {ComponentChild[]} */
export function timesIn(text, atTime) {
  if (!atTime) return [text];
  /** @type {ComponentChild[]} */
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(TIME)) {
    const seconds = Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3]);
    parts.push(text.slice(from, found.index), atTime(seconds, found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}
