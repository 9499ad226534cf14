/** What was found; the question is in the address and typed in the box above. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Card } from "../components/card.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { PersonCard } from "../components/person_card.js";
import { CardSkeleton } from "../components/skeleton.js";
import { StoryCard } from "../components/story_card.js";
import { TextHit } from "../components/text_hit.js";
import { forgotten } from "../forgotten.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { announce, libraryRevision } from "../store.js";
import { t } from "../strings.js";
import { cardSubtitle, episodeCode, join } from "../words.js";
import { useEffect, useRef } from "preact/hooks";

/** @import { Card as CardRecord, MediaType } from "../types.js" */
/** @import { PersonRef } from "../types_works.js" */
/** @typedef {{ query: string, items: CardRecord[], texts?: (CardRecord & { snippet: string })[], persons?: PersonRef[] }} Found */

const GROUPS = /** @type {const} */ ([
  ["movie", "nav.films"], ["episode", "search.episodes"], ["video", "nav.videos"], ["track", "search.tracks"],
  ["podcast", "nav.podcasts"], ["article", "nav.articles"], ["book", "nav.books"],
  ["home_video", "nav.homeMedia"], ["photo", "photos.title"],
]);

export function SearchView() {
  const q = (place.value.query.get("q") ?? "").trim();
  if (!q) return html`<${EmptyState}
    page
    icon="search"
    title=${t("search.title")}
    text=${t("search.invite")}
  />`;
  return html`<${Results} q=${q} />`;
}

/** @param {{ q: string }} props */
function Results({ q }) {
  const found = useResource(`search:${q}`, (options) => api.search(q, options), libraryRevision.value);
  const last = useRef(/** @type {Found | undefined} */ (undefined));
  if (found.value) last.current = found.value;
  // The last answer stays on the page until the next one is there.
  const answer = found.value ?? last.current;
  const items = (answer?.items ?? []).filter((card) => !forgotten.value.has(card.id));
  // What has the words in its name is not repeated for having them in its text, too.
  const named = new Set(items.map((card) => card.id));
  const texts = (answer?.texts ?? []).filter((hit) => !named.has(hit.id) && !forgotten.value.has(hit.id));
  const persons = answer?.persons ?? [];
  const count = items.length + texts.length + persons.length;
  useEffect(() => {
    if (found.value) announce(t("search.found", { count, q }));
  }, [found.value]);

  if (found.error && !found.value) return html`<${ErrorState} error=${found.error} onRetry=${found.reload} />`;
  if (!answer) return html`<div class="results"><${Outline} /></div>`;
  if (!count) return html`<${EmptyState}
    page
    icon="search"
    title=${t("search.nothing", { q })}
    text=${t("search.nothingHint")}
  />`;
  return html`<div class="results">
    <h1 class="unseen">${t("search.found", { count, q })}</h1>
    ${GROUPS.map(([type, title]) => {
      const some = items.filter((card) => card.media_type === type);
      if (!some.length) return null;
      const shape = shapeOf(type);
      return html`<section key=${type} aria-label=${t(title)}>
        <h2 class="results__head">${t(title)}</h2>
        <ul class=${`wall wall--${shape}`}>
          ${some.map((card) => html`<li key=${card.id}>${type === "article" ? html`<${StoryCard} card=${card} />` : html`<${Card}
            card=${card}
            shape=${shape}
            title=${card.title}
            subtitle=${subtitle(card)}
          />`}</li>`)}
        </ul>
      </section>`;
    })}
    ${persons.length > 0 && html`<section aria-label=${t("search.persons")}>
      <h2 class="results__head">${t("search.persons")}</h2>
      <ul class="wall wall--persons">${persons.map((one) => html`<li key=${one.id}><${PersonCard}
        id=${one.id}
        name=${one.name}
        hue=${one.hue}
        hasPortrait=${one.has_portrait}
      /></li>`)}</ul>
    </section>`}
    ${texts.length > 0 && html`<section aria-label=${t("search.inTexts")}>
      <h2 class="results__head">${t("search.inTexts")}</h2>
      <ul class="text-hits">${texts.map((hit) => html`<li key=${hit.id}><${TextHit} hit=${hit} /></li>`)}</ul>
    </section>`}
  </div>`;
}

/** @param {MediaType} type */
const shapeOf = (type) => /** @type {const} */ ({
  movie: "poster", episode: "wide", track: "square", video: "wide", podcast: "square", article: "story", book: "poster",
  photo: "wide", home_video: "wide", extra: "wide",
})[type];

/** @param {CardRecord} card */
const subtitle = (card) => (card.media_type === "episode" ? join([card.show_title, episodeCode(card)]) : cardSubtitle(card));

function Outline() {
  return html`<div class="wall">${Array.from({ length: 8 }, (_, index) => html`<${CardSkeleton} key=${index} />`)}</div>`;
}
