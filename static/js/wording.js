/** How words are found and filled in, whatever their language. */

/** @import { StringKey } from "./strings.js" */

/**
 * A sentence, or one for each plural category that the language has.
 * @typedef {string | ({ [category in Intl.LDMLPluralRule]?: string } & { other: string })} Phrase
 * @typedef {Record<string, string | number>} Values for the names in braces; `count` also chooses the plural form
 */

/**
 * @param {string} language of the words, also for numbers and plurals
 * @param {Record<string, Phrase>} words those of the first page
 */
export function wording(language, words) {
  const all = { ...words };
  const plurals = new Intl.PluralRules(language);

  /** @param {Phrase | undefined} phrase @param {Values} values */
  function fill(phrase, values) {
    const form = typeof phrase === "object" ? (phrase[plurals.select(Number(values.count))] ?? phrase.other) : (phrase ?? "");
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? value.toLocaleString(language) : (value ?? "");
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
