/** The search page before anything is typed: what can be found, and what was searched for before. */
import { html } from "htm/preact";
import { bringBackSearches, forgetSearch, recentSearches } from "../recent_searches.js";
import { t } from "../strings_search.js";
import { t as words } from "../strings_undo.js";
import { undoable } from "../undoing.js";
import { Icon } from "./icon.js";

const TIPS = /** @type {const} */ ([["film", "search.tipName"], ["captions", "search.tipLine"], ["book-open", "search.tipText"]]);

/** @param {string} [q] all of them without one */
function forget(q) {
  const before = recentSearches.value;
  forgetSearch(q);
  undoable(q === undefined ? words("undo.searchesForgotten") : words("undo.searchForgotten", { q }), () => bringBackSearches(before));
}

export function SearchStart() {
  const recent = recentSearches.value;
  return html`<div class="search-start">
    <h1 class="search-start__title">${t("search.title")}</h1>
    <p class="search-start__text">${t("search.invite")}</p>
    ${recent.length > 0 && html`<section class="search-start__recent" aria-label=${t("search.recent")}>
      <div class="results__top">
        <h2 class="results__head">${t("search.recent")}</h2>
        <button class="results__more" type="button" onClick=${() => forget()}>${t("search.forgetAll")}</button>
      </div>
      <ul class="recent">${recent.map((q) => html`<li key=${q} class="recent__one">
        <a class="recent__link" href=${`/search?q=${encodeURIComponent(q)}`}><${Icon} name="history" /><bdi>${q}</bdi></a>
        <button class="recent__forget" type="button" aria-label=${t("search.forget", { q })} onClick=${() => forget(q)}><${Icon} name="x" /></button>
      </li>`)}</ul>
    </section>`}
    <ul class="search-tips">${TIPS.map(([icon, text]) => html`<li key=${icon} class="search-tips__one">
      <span class="search-tips__mark"><${Icon} name=${icon} /></span><span>${t(text)}</span>
    </li>`)}</ul>
  </div>`;
}
