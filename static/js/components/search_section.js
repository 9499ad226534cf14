/** One kind of what was found: the first few, and all of them when asked. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { sizeOf } from "../search_sections.js";
import { t as pages } from "../strings.js";
import { t } from "../strings_search.js";
import { cardSubtitle, episodeCode, join } from "../words.js";
import { Card } from "./card.js";
import { GroupCard } from "./group_card.js";
import { LineHit } from "./line_hit.js";
import { PersonCard } from "./person_card.js";
import { StoryCard } from "./story_card.js";
import { TextHit } from "./text_hit.js";

/** @import { Card as CardRecord } from "../types.js" */
/** @import { Section } from "../search_sections.js" */
/** @import { StringKey } from "../strings.js" */

const SHAPES = /** @type {const} */ ({
  movie: "poster", episode: "wide", track: "square", video: "wide", podcast: "square", article: "story", book: "poster",
  photo: "wide", home_video: "wide", extra: "wide", show: "poster", channel: "wide", album: "square",
});
const FIRST = { poster: 12, square: 12, wide: 8, story: 6, persons: 12, lines: 6, texts: 6 };

/** @param {{ section: Section }} props */
export function SearchSection({ section }) {
  const [all, setAll] = useState(false);
  const shape = section.kind === "cards" || section.kind === "groups" ? SHAPES[section.key] : section.key;
  const count = sizeOf(section);
  // A last row of one or two is not worth a button.
  const shown = all || count <= FIRST[shape] + 2 ? count : FIRST[shape];
  const title = titleOf(section.key);
  return html`<section aria-label=${title}>
    <div class="results__top">
      <h2 class="results__head">${title}</h2>
      ${count > FIRST[shape] + 2 && html`<button class="results__more" type="button" aria-expanded=${all} onClick=${() => setAll(!all)}>
        ${all ? t("search.fewer") : t("search.all", { count })}
      </button>`}
    </div>
    ${listOf(section, shape, shown)}
  </section>`;
}

/** @param {Section} section @param {string} shape @param {number} shown */
function listOf(section, shape, shown) {
  switch (section.kind) {
    case "lines":
      return html`<ul class="line-hits">${section.lines.slice(0, shown).map((hit) => html`<li key=${hit.id}><${LineHit} hit=${hit} /></li>`)}</ul>`;
    case "texts":
      return html`<ul class="text-hits">${section.texts.slice(0, shown).map((hit) => html`<li key=${hit.id}><${TextHit} hit=${hit} /></li>`)}</ul>`;
    case "persons":
      return html`<ul class="wall wall--persons">${section.persons.slice(0, shown).map((one) => html`<li key=${one.id}><${PersonCard}
        id=${one.id}
        name=${one.name}
        hue=${one.hue}
        hasPortrait=${one.has_portrait}
      /></li>`)}</ul>`;
    case "groups":
      return html`<ul class=${`wall wall--${shape}`}>${section.groups.slice(0, shown).map((group) => html`<li key=${group.key}><${GroupCard} group=${group} /></li>`)}</ul>`;
    default:
      return html`<ul class=${`wall wall--${shape}`}>${section.cards.slice(0, shown).map((card) => html`<li key=${card.id}>${
        shape === "story" ? html`<${StoryCard} card=${card} />` : html`<${Card} card=${card} shape=${shape} title=${card.title} subtitle=${subtitle(card)} />`
      }</li>`)}</ul>`;
  }
}

/** @param {CardRecord} card */
const subtitle = (card) => (card.media_type === "episode" ? join([card.show_title, episodeCode(card)]) : cardSubtitle(card));

/** @param {Section["key"]} key */
function titleOf(key) {
  switch (key) {
    case "show": return t("search.shows");
    case "channel": return t("search.channels");
    case "album": return t("search.albums");
    case "extra": return t("search.extras");
    case "lines": return t("search.lines");
    default: return pages(/** @type {StringKey} */ (TITLES[key]));
  }
}

const TITLES = {
  movie: "nav.films", episode: "search.episodes", track: "search.tracks", video: "nav.videos", podcast: "nav.podcasts",
  article: "nav.articles", book: "nav.books", photo: "photos.title", home_video: "nav.homeMedia", persons: "search.persons",
  texts: "search.inTexts",
};
