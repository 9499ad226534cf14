/** Turns sentences of the server, which speaks English, into those of another language. */

/** @typedef {Record<string, Record<string, string>>} Catalogue sections of sentences: the English one and the other */
/**
 * @typedef {{ literals: string[], counted: boolean[], weight: number, other: string }} Template what stands between the holes,
 *   which of the holes take only numbers, how many characters are given
 */

const HOLE = /\{#?\d+\}/;
const WORD = /[a-z]/i;
const NUMBERS = /^[\d.,: ]+$/;
const SENTENCE_END = /[.!?”] (?=[A-Z“{])/g;
/** What is longer was not written here, or quotes something that was not. */
const LONGEST = 4000;
const MOST_PARTS = 12;
const DEEPEST = 4;
/** How often a text is laid beside a template before it stays as it is: whoever wrote it, the page does not wait. */
const MOST_TRIES = 4000;
/** Templates are looked for by so many first letters. */
const KEY = 4;

/** @param {Catalogue} catalogue @returns {(text: string) => string} the text itself where nothing is known of it */
export function translator(catalogue) {
  /** @type {Map<string, string>} */
  const exact = new Map();
  /** @type {Template[]} */
  const worded = [];
  /** @type {Template[]} Nothing but signs between the holes: what holds words comes first, also a single sentence of several. */
  const wordless = [];
  for (const [english, other] of Object.values(catalogue).flatMap((section) => Object.entries(section))) {
    if (!HOLE.test(english)) exact.set(english, other);
    else (WORD.test(english) ? worded : wordless).push(template(english, other));
  }
  for (const templates of [worded, wordless]) templates.sort((a, b) => b.weight - a.weight);
  const byBeginning = new Map([...new Set(worded.map(beginning))].map((key) => [key, worded.filter((one) => [key, ""].includes(beginning(one)))]));
  let tries = 0;

  /** @param {string} text @param {number} depth @returns {string | null} */
  const whole = (text, depth) => exact.get(text) ?? filled(byBeginning.get(text.slice(0, KEY)) ?? byBeginning.get("") ?? [], text, depth);

  /** @param {Template[]} templates @param {string} text @param {number} depth @returns {string | null} */
  function filled(templates, text, depth) {
    for (const one of templates) {
      if ((tries += 1) > MOST_TRIES) return null;
      const holes = fit(one, text);
      if (holes) return one.other.replace(/\{(\d+)\}/g, (_, number) => hole(one, holes, Number(number) - 1, depth));
    }
    return null;
  }

  /** A name in quotation marks is nobody's sentence. @param {Template} one @param {string[]} holes @param {number} index @param {number} depth */
  function hole({ literals }, holes, index, depth) {
    const text = holes[index] ?? "";
    return literals[index]?.endsWith("“") && literals[index + 1]?.startsWith("”") ? text : turn(text, depth + 1);
  }

  /** @param {string} text @param {number} depth @returns {string} */
  function turn(text, depth) {
    const inner = text.trim();
    if (!inner || depth > DEEPEST || text.length > LONGEST) return text;
    const turned = whole(inner, depth) ?? severally(inner, depth) ?? filled(wordless, inner, depth) ?? inner;
    return inner === text ? turned : text.replace(inner, () => turned);
  }

  /** Sentence by sentence, as many together as are known together. @param {string} text @param {number} depth @returns {string | null} */
  function severally(text, depth) {
    const parts = sentencesOf(text);
    if (parts.length === 1 || parts.length > MOST_PARTS) return null;
    let isKnown = false;
    const said = [];
    for (let from = 0; from < parts.length; ) {
      let to = parts.length - (from === 0 ? 1 : 0);
      let turned = null;
      while (to > from && (turned = whole(parts.slice(from, to).join(" "), depth)) === null) to -= 1;
      said.push(turned ?? filled(wordless, parts[from] ?? "", depth) ?? parts[from]);
      isKnown ||= turned !== null;
      from = turned === null ? from + 1 : to;
    }
    return isKnown ? said.join(" ") : null;
  }

  return (text) => {
    tries = 0;
    return turn(text, 0);
  };
}

/** The first letters of a template, "" if it begins with a hole or soon has one. @param {Template} one */
const beginning = ({ literals: [first = ""] }) => (first.length < KEY ? "" : first.slice(0, KEY));

/** @param {string} english @param {string} other @returns {Template} */
function template(english, other) {
  const literals = english.split(HOLE);
  const counted = (english.match(/\{#?\d+\}/g) ?? []).map((one) => one.startsWith("{#"));
  return { literals, counted, other, weight: literals.join("").length };
}

/** What fills the holes, null if the text is not one of these; it goes along the text once. @param {Template} one @param {string} text */
function fit({ literals, counted, weight }, text) {
  const first = /** @type {string} */ (literals[0]);
  const last = /** @type {string} */ (literals[literals.length - 1]);
  if (text.length < weight || !text.startsWith(first) || !text.endsWith(last)) return null;
  const end = text.length - last.length;
  /** @type {string[]} */
  const holes = [];
  let at = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, at);
    if (found < 0 || found + literal.length > end) return null;
    holes.push(text.slice(at, found));
    at = found + literal.length;
  }
  holes.push(text.slice(at, end));
  return counted.every((isNumber, index) => !isNumber || NUMBERS.test(holes[index] ?? "")) ? holes : null;
}

/** @param {string} text */
function sentencesOf(text) {
  const parts = [];
  let from = 0;
  for (const end of text.matchAll(SENTENCE_END)) {
    parts.push(text.slice(from, end.index + 1));
    from = end.index + 2;
  }
  return [...parts, text.slice(from)];
}

/** @type {Map<string, Promise<(text: string) => string>>} */
const coming = new Map();

/** The sentences of a language, fetched once; without them the server is heard in English. @param {string} code */
export function loadSentences(code) {
  const known = coming.get(code);
  if (known) return known;
  const loading = fetch(new URL(`./${code}/sentences.json`, import.meta.url), { credentials: "same-origin" })
    .then(async (answer) => translator(answer.ok ? await answer.json() : {}))
    .catch(() => {
      coming.delete(code);
      return (/** @type {string} */ text) => text;
    });
  coming.set(code, loading);
  return loading;
}
