/** Which language this device shows before anybody is signed in. The server reads it, since it writes the page. */

const A_YEAR_S = 365 * 24 * 3600;

/** @param {string} code empty: as the browser prefers */
export function keepLanguage(code) {
  document.cookie = `language=${code}; Path=/; SameSite=Lax; Max-Age=${code ? A_YEAR_S : 0}`;
}

/** The choice on a page outside the app: the page comes again in the language that is chosen. */
export function bindLanguageChoice() {
  const choice = document.querySelector("[data-language]");
  choice?.addEventListener("change", () => {
    if (!(choice instanceof HTMLSelectElement)) return;
    keepLanguage(choice.value);
    location.reload();
  });
}

/** The languages that there are, each by the name that it has in itself. */
export const LANGUAGES = /** @type {const} */ ([
  { code: "en", name: "English" },
  { code: "de", name: "Deutsch" },
]);
