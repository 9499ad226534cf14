/** What was found; the question is in the address and typed in the box above. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { api } from "../api.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { SearchSection } from "../components/search_section.js";
import { SearchStart } from "../components/search_start.js";
import { CardSkeleton } from "../components/skeleton.js";
import { forgotten } from "../forgotten.js";
import { openRecent, rememberSearch } from "../recent_searches.js";
import { useResource } from "../resource.js";
import { place } from "../router.js";
import { watchArrows } from "../search_keys.js";
import { sectionsOf, sizeOf } from "../search_sections.js";
import { announce, libraryRevision, mayRip, me } from "../store.js";
import { t as pages } from "../strings.js";
import { t } from "../strings_search.js";

/** @import { Found } from "../search_sections.js" */
/** @import { StringKey } from "../strings.js" */

/** Whoever looks at an answer for so long has searched for it, ms. */
const DWELL_MS = 2500;

export function SearchView() {
  const q = (place.value.query.get("q") ?? "").trim();
  const user = me.value?.id ?? "";
  useEffect(() => openRecent(user), [user]);
  return q ? html`<${Results} q=${q} />` : html`<${SearchStart} />`;
}

/** @param {{ q: string }} props */
function Results({ q }) {
  const found = useResource(`search:${q}`, (options) => /** @type {Promise<Found>} */ (api.search(q, options)), libraryRevision.value);
  const last = useRef(/** @type {Found | undefined} */ (undefined));
  const results = useRef(/** @type {HTMLDivElement | null} */ (null));
  if (found.value) last.current = found.value;
  // The last answer stays on the page until the next one is there.
  const answer = found.value ?? last.current;
  const sections = answer ? sectionsOf(answer, forgotten.value) : [];
  const count = sections.reduce((sum, section) => sum + sizeOf(section), 0);
  const summary = pages(/** @type {StringKey} */ ("search.found"), { count, q: answer?.is_corrected ? (answer.corrected ?? q) : q });
  useEffect(() => watchArrows(() => results.current), []);
  useEffect(() => {
    if (!found.value) return undefined;
    announce(summary);
    const timer = setTimeout(() => count && rememberSearch(q), DWELL_MS);
    return () => clearTimeout(timer);
  }, [found.value]);

  if (found.error && !found.value) return html`<${ErrorState} error=${found.error} onRetry=${found.reload} />`;
  if (!answer) return html`<div class="results"><${Outline} /></div>`;
  if (!count) return html`<${EmptyState} page icon="search" title=${t("search.nothing", { q })} text=${[t("search.nothingHint"), mayRip.value && t("search.addHint")].filter(Boolean).join(" ")} />`;
  return html`<div
    class=${found.value ? "results" : "results results--stale"}
    aria-busy=${!found.value}
    ref=${results}
    onClick=${() => rememberSearch(q)}
  >
    <h1 class="unseen">${summary}</h1>
    ${answer.corrected && html`<${Correction} asked=${answer.query} meant=${answer.corrected} isShown=${answer.is_corrected} />`}
    ${sections.map((section) => html`<${SearchSection} key=${`${answer.query} ${section.key}`} section=${section} />`)}
    <p class="unseen">${t("search.keys")}</p>
  </div>`;
}

/** @param {{ asked: string, meant: string, isShown: boolean }} props */
function Correction({ asked, meant, isShown }) {
  return html`<p class="results__correction">
    ${isShown ? t("search.insteadOf", { q: asked }) : t("search.didYouMean")}${" "}
    <a href=${`/search?q=${encodeURIComponent(meant)}`}><bdi>${meant}</bdi></a>${isShown ? "." : "?"}
  </p>`;
}

function Outline() {
  return html`<div class="wall">${Array.from({ length: 8 }, (_, index) => html`<${CardSkeleton} key=${index} />`)}</div>`;
}
