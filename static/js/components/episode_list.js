/** The episodes of a podcast: narrowed, turned, entered by month, and many of them heard or kept at once. */
import { html } from "htm/preact";
import { useCallback, useMemo, useRef } from "preact/hooks";
import { content } from "../api_content.js";
import { markEpisodes } from "../episodes.js";
import { navigate, place } from "../router.js";
import { inOrder } from "../selection.js";
import { podcastRevision } from "../store.js";
import { t } from "../strings_lists.js";
import { useLongList } from "../use_long_list.js";
import { useSelection } from "../use_selection.js";
import { BulkBar } from "./bulk_bar.js";
import { Choice } from "./choice.js";
import { EmptyState } from "./empty_state.js";
import { ErrorState } from "./error_state.js";
import { LetterRail } from "./letter_rail.js";
import { LongGrid } from "./long_grid.js";
import { Pick } from "./pick.js";
import { PodcastEpisode } from "./podcast_episode.js";
import { SortBy } from "./sort_by.js";

/** @import { Episode, Podcast } from "../types.js" */

const PAGE = 100;
/** From how many on months are of help, how many a selection of all may hold, and how many are asked for at a time for that. */
const MANY = 60;
const MOST = 5000;
const AT_ONCE = 200;
const FILTERS = /** @type {const} */ (["all", "unheard", "starred", "here"]);
const ORDERS = /** @type {const} */ (["newest", "oldest"]);
/** How tall a line is, rem, and in a narrow window. */
const LINE = 4.75;
const NARROW_LINE = 5.5;

/** @param {{ podcast: Podcast, onLoaded: (episodes: Episode[]) => void }} props `onLoaded` hears of what is there of the list that nothing narrows */
export function EpisodeList({ podcast, onLoaded }) {
  const query = place.value.query;
  const filter = FILTERS.find((one) => one === query.get("show")) ?? "all";
  const order = ORDERS.find((one) => one === query.get("sort")) ?? "newest";
  const question = { direction: order === "newest" ? "desc" : "asc", ...(filter === "all" ? {} : { [filter]: "true" }) };
  const name = `episodes:${podcast.id}:${JSON.stringify(question)}`;
  const items = useLongList(
    name,
    async (cursor, signal) => {
      const page = await content.episodes(podcast.id, { ...question, cursor, limit: PAGE }, { signal });
      if (!cursor && order === "newest") onLoaded(page.items);
      return page;
    },
    (signal) => content.episodeIndex(podcast.id, { ...question, limit: PAGE }, { signal }),
    PAGE,
    podcastRevision.value,
  );
  const jump = useRef(/** @type {((index: number) => void) | null} */ (null));
  const want = useCallback((/** @type {number} */ first, /** @type {number} */ last) => items.want(first, last), [items]);
  // What was selected may not be loaded any more when something is done with it.
  const files = useRef(/** @type {Map<string, string | null>} */ (new Map())).current;
  for (const [, one] of items.loaded()) files.set(one.id, one.media_id);
  const allIds = async () => {
    /** @type {string[]} */
    const ids = [];
    for (let cursor = /** @type {string | null} */ (null), more = true; more && ids.length < MOST; more = cursor !== null) {
      const page = await content.episodes(podcast.id, { ...question, cursor, limit: AT_ONCE });
      for (const one of page.items) files.set(one.id, one.media_id);
      ids.push(...page.items.map((one) => one.id));
      cursor = page.next;
    }
    return { ids };
  };
  const { selection, toggle, all, end } = useSelection({
    list: name,
    items,
    keyOf: (/** @type {Episode} */ one) => one.id,
    kind: "ids",
    allIds,
    onMark: (keys, first) => void markEpisodes(keys, "heard", !first?.heard),
  });
  const chosen = inOrder(selection);
  const token = useMemo(() => ({}), [selection, items, name]);
  const isRailed = items.count > MANY && items.letters.length > 1;
  /** @param {"heard" | "starred"} what @param {boolean} is */
  const mark = (what, is) => () => {
    end();
    void markEpisodes(chosen, what, is);
  };
  return html`
    <div class="section__bar">
      <h2>${t("show.episodes")}</h2>
      <${Choice}
        quiet
        label=${t("podcast.filter")}
        value=${filter}
        options=${FILTERS.map((value) => ({ value, label: t(`episodes.${value}`) }))}
        onChange=${(/** @type {string} */ value) => turnTo("show", value === "all" ? null : value)}
      />
      <${SortBy} orders=${ORDERS} value=${order} label=${(/** @type {typeof ORDERS[number]} */ one) => t(`channel.by.${one}`)} />
    </div>
    ${items.count === 0 && html`<${EmptyState}
      icon=${filter === "unheard" ? "circle-check" : "mic"}
      title=${filter === "all" ? t("podcast.noneYet") : filter === "unheard" ? t("podcast.noneUnheard") : t("narrow.none")}
      text=${filter === "all" ? t("podcast.noneYetText") : undefined}
    />`}
    ${items.count !== 0 && html`<div class=${isRailed ? "with-rail" : ""}>
      <${LongGrid}
        count=${items.count}
        at=${(/** @type {number} */ index) => items.at(index)}
        want=${want}
        shape="wide"
        look="list"
        line=${innerWidth > 600 ? LINE : NARROW_LINE}
        label=${t("show.episodes")}
        keyOf=${(/** @type {Episode} */ one) => one.id}
        render=${(/** @type {Episode} */ one, /** @type {number} */ index) => html`<${Pick}
          title=${one.title}
          isChosen=${selection.chosen.has(one.id)}
          isChoosing=${chosen.length > 0}
          onToggle=${(/** @type {{ range: boolean }} */ how) => toggle(one.id, index, how.range)}
        ><${PodcastEpisode} episode=${one} /><//>`}
        token=${token}
        jump=${jump}
      />
      ${isRailed && html`<${LetterRail} letters=${items.letters} onJump=${(/** @type {number} */ index) => jump.current?.(index)} />`}
    </div>`}
    ${items.error && html`<${ErrorState} error=${items.error} onRetry=${() => items.retry()} />`}
    ${chosen.length > 0 && html`<${BulkBar}
      kind="ids"
      selection=${selection}
      media=${chosen.flatMap((one) => files.get(one) ?? [])}
      onAll=${all}
      onEnd=${end}
      can=${{}}
      extra=${(/** @type {(icon: string, text: string, act: () => void) => unknown} */ action) => html`
        ${action("circle-check", t("episodes.hear"), mark("heard", true))}
        ${action("circle-x", t("episodes.unhear"), mark("heard", false))}
        ${action("star", t("episodes.keep"), mark("starred", true))}
        ${action("star", t("episodes.unkeep"), mark("starred", false))}
      `}
    />`}
  `;
}

/** @param {string} name @param {string | null} value */
function turnTo(name, value) {
  const query = new URLSearchParams(place.value.query);
  if (value === null) query.delete(name);
  else query.set(name, value);
  navigate(query.size ? `${place.value.path}?${query}` : place.value.path, { replace: true, keepFocus: true });
}
