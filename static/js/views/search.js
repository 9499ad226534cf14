/** What was found; the question is in the address and typed in the box above. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Card } from "../components/card.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { CardSkeleton } from "../components/skeleton.js";
import { forgotten } from "../forgotten.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { announce, libraryRevision } from "../store.js";
import { t } from "../strings.js";
import { cardSubtitle, episodeCode, join } from "../words.js";
import { useEffect, useRef } from "preact/hooks";

/** @import { Card as CardRecord, MediaType } from "../types.js" */

const GROUPS = /** @type {const} */ ([["movie", "nav.films"], ["episode", "search.episodes"], ["track", "search.tracks"]]);

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
  const last = useRef(/** @type {{ query: string, items: CardRecord[] } | undefined} */ (undefined));
  if (found.value) last.current = found.value;
  // The last answer stays on the page until the next one is there.
  const answer = found.value ?? last.current;
  const items = (answer?.items ?? []).filter((card) => !forgotten.value.has(card.id));
  useEffect(() => {
    if (found.value) announce(t("search.found", { count: items.length, q }));
  }, [found.value]);

  if (found.error && !found.value) return html`<${ErrorState} error=${found.error} onRetry=${found.reload} />`;
  if (!answer) return html`<div class="results"><${Outline} /></div>`;
  if (!items.length) return html`<${EmptyState}
    page
    icon="search"
    title=${t("search.nothing", { q })}
    text=${t("search.nothingHint")}
  />`;
  return html`<div class="results">
    <h1 class="unseen">${t("search.found", { count: items.length, q })}</h1>
    ${GROUPS.map(([type, title]) => {
      const some = items.filter((card) => card.media_type === type);
      if (!some.length) return null;
      return html`<section key=${type} aria-label=${t(title)}>
        <h2 class="results__head">${t(title)}</h2>
        <ul class=${`wall wall--${shapeOf(type)}`}>
          ${some.map((card) => html`<li key=${card.id}><${Card}
            card=${card}
            shape=${shapeOf(type)}
            title=${card.title}
            subtitle=${subtitle(card)}
          /></li>`)}
        </ul>
      </section>`;
    })}
  </div>`;
}

/** @param {MediaType} type */
const shapeOf = (type) => /** @type {const} */ ({
  movie: "poster", episode: "wide", track: "square", video: "wide", podcast: "square", article: "wide", book: "poster",
})[type];

/** @param {CardRecord} card */
const subtitle = (card) => (card.media_type === "episode" ? join([card.show_title, episodeCode(card)]) : cardSubtitle(card));

function Outline() {
  return html`<div class="wall">${Array.from({ length: 8 }, (_, index) => html`<${CardSkeleton} key=${index} />`)}</div>`;
}
