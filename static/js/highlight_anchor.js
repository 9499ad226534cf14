/** Where marked words are in a text, also after the text has changed; characters are UTF-16 units. */

/** @typedef {{ start: number, end: number }} Span */
/** @typedef {Span & { quote: string }} Passage */

/**
 * Where a passage is now: where it was, else where its words stand nearest to that, else where they stand with other
 * spaces between them.
 * @param {string} text @param {Passage} passage @returns {Span | null} null when the words are gone
 */
export function placeQuote(text, { start, end, quote }) {
  if (text.slice(start, end) === quote) return { start, end };
  const exact = nearest(text, quote, start);
  if (exact !== null) return { start: exact, end: exact + quote.length };
  const thin = squeeze(text);
  const words = squeeze(quote).text.trim();
  const before = thin.at.findIndex((place) => place >= start);
  const found = words ? nearest(thin.text, words, before < 0 ? thin.text.length : before) : null;
  if (found === null) return null;
  return { start: thin.at[found] ?? 0, end: (thin.at[found + words.length - 1] ?? 0) + 1 };
}

/** @param {string} text @param {string} words @param {number} place @returns {number | null} */
function nearest(text, words, place) {
  if (!words) return null;
  const after = text.indexOf(words, place);
  const before = text.lastIndexOf(words, place);
  if (after < 0 || before < 0) return after < 0 && before < 0 ? null : Math.max(after, before);
  return place - before <= after - place ? before : after;
}

/** The text with one space for each run of them, and where each of its characters stood. @param {string} text */
function squeeze(text) {
  /** @type {number[]} */
  const at = [];
  let thin = "";
  for (let index = 0; index < text.length; index += 1) {
    const one = text.charAt(index);
    const isSpace = /\s/.test(one);
    if (isSpace && thin.endsWith(" ")) continue;
    thin += isSpace ? " " : one;
    at.push(index);
  }
  return { text: thin, at };
}

/** What is marked in a document: the article itself, without the head that we wrote above it. @param {Document} inside */
export const textRoot = (inside) => inside.querySelector("article") ?? inside.body;

/** The selected words, null when there are none in the text. @param {Document} inside @returns {Passage | null} */
export function selectedPassage(inside) {
  const selection = inside.getSelection();
  const root = textRoot(inside);
  if (!selection || selection.isCollapsed || !selection.rangeCount || !root) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const whole = inside.createRange();
  whole.selectNodeContents(root);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(root, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(root, root.childNodes.length);
  const words = range.toString();
  if (!words.trim()) return null;
  const start = placeOf(root, range.startContainer, range.startOffset) + words.length - words.trimStart().length;
  const quote = words.trim();
  return { start, end: start + quote.length, quote };
}

/** How many characters of the text come before a place in it. @param {Node} root @param {Node} node @param {number} offset */
export function placeOf(root, node, offset) {
  const before = /** @type {Document} */ (root.ownerDocument).createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** The place of a passage in a document, null when its words are gone. @param {Document} inside @param {Passage} passage */
export function rangeOf(inside, passage) {
  const root = textRoot(inside);
  const span = root && placeQuote(root.textContent ?? "", passage);
  if (!span) return null;
  const range = inside.createRange();
  const walker = inside.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  let passed = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (!begun && passed + length > span.start) {
      range.setStart(node, span.start - passed);
      begun = true;
    }
    if (begun && passed + length >= span.end) {
      range.setEnd(node, span.end - passed);
      return range;
    }
    passed += length;
  }
  return null;
}
