/** How words are found and filled in, whatever their language. */

/** @import { StringKey } from "./strings.js" */

/**
 * A sentence, or one for each plural category that the language has.
 * @typedef {string | ({ [category in Intl.LDMLPluralRule]?: string } & { other: string })} Phrase
 * @typedef {Record<string, string | number>} Values for the names in braces; `count` also chooses the plural form
 */

/** Languages whose numbers up to 999 are the digits 0 to 9 and nothing else, and which have one form for 1 and another for all else. */
const PLAIN = /^(de|en)\b/;

/**
 * How a language writes and counts numbers. What a browser loads for either takes it longer than drawing a page, so it is
 * asked only for what is not plain.
 * @param {string} language
 */
export function figures(language) {
  const isPlain = PLAIN.test(language);
  /** @type {Intl.NumberFormat | undefined} */
  let format;
  /** @type {Intl.PluralRules | undefined} */
  let plurals;
  return {
    /** @param {number} value */
    written: (value) =>
      isPlain && Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : (format ??= new Intl.NumberFormat(language)).format(value),
    /** @param {number} count @returns {Intl.LDMLPluralRule} */
    category: (count) => (isPlain ? (Math.abs(count) === 1 ? "one" : "other") : (plurals ??= new Intl.PluralRules(language)).select(count)),
  };
}

/**
 * @param {string} language of the words, also for numbers and plurals
 * @param {Record<string, Phrase>} words those of the first page
 */
export function wording(language, words) {
  const all = { ...words };
  const { written, category } = figures(language);

  /** @param {Phrase | undefined} phrase @param {Values} values */
  function fill(phrase, values) {
    const form = typeof phrase === "object" ? (phrase[category(Number(values.count))] ?? phrase.other) : (phrase ?? "");
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? written(value) : (value ?? "");
    });
  }

  return {
    /** @param {StringKey} key @param {Values} [values] */
    t: (key, values = {}) => fill(all[key], values),

    /**
     * A part of the catalogue that pages bring along which are fetched only when somebody goes there.
     * @template {Record<string, Phrase>} T
     * @param {T} part
     * @returns {(key: (keyof T & string) | StringKey, values?: Values) => string} `t`, with these words too
     */
    withWords: (part) => (key, values = {}) => fill(part[key] ?? all[key], values),

    /** Words that everybody finds with the plain `t` from now on. @param {Record<string, Phrase>} more */
    addWords: (more) => void Object.assign(all, more),
  };
}
