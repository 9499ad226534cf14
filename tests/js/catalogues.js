/** Reads the catalogues of words as data, for the tests of their languages. */
import { readFileSync, readdirSync } from "node:fs";

const SCRIPTS = new URL("../../static/js/", import.meta.url);

/** The folder of each language but English. */
export const languages = () => readdirSync(SCRIPTS, { withFileTypes: true }).filter((entry) => entry.isDirectory() && catalogueNames(entry.name).length).map((entry) => entry.name);

/** @param {string} [language] */
export const catalogueNames = (language = ".") => readdirSync(new URL(`${language}/`, SCRIPTS)).filter((name) => /^strings\w*\.js$/.test(name)).sort();

/** The words of one catalogue; the code around them is left out. @param {string} name @param {string} [language] @returns {Record<string, any>} */
export function wordsOf(name, language = ".") {
  const source = readFileSync(new URL(`${language}/${name}`, SCRIPTS), "utf8");
  const code = source.replace(/^import .*$/gm, "").replace(/^export const (\{[^}]*\}|\w+) =/gm, "var $1 =");
  /** @type {Record<string, any>} */
  let found = {};
  const take = (/** @type {any} */ words) => ((found = words), {});
  new Function("wording", "withWords", "addWords", code)((/** @type {string} */ _, /** @type {any} */ words) => take(words), take, take);
  return found;
}
