/** What the server says, in the language of the page. English readers load nothing for it, others with the first sentence. */
import { signal } from "@preact/signals";
import { language } from "./strings.js";

const code = language.slice(0, language.indexOf("-"));
const turn = signal(code === "en" ? (/** @type {string} */ text) => text : null);
let isComing = false;

/**
 * A sentence of the server. While those of the language are on their way it is empty, and what shows it is drawn again.
 * @template {string | null | undefined} T
 * @param {T} text
 * @returns {T extends string ? string : T}
 */
export function said(text) {
  const known = turn.value;
  if (!known && text && !isComing) load();
  return /** @type {any} */ (text && (known ? known(text) : ""));
}

function load() {
  isComing = true;
  import("./sentences.js")
    .then(({ loadSentences }) => loadSentences(code))
    .catch(() => (/** @type {string} */ text) => text)
    .then((known) => (turn.value = known));
}
