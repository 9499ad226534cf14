/** Every podcast that the house follows. */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { content, opmlUrl } from "../api_content.js";
import { handed } from "../arrivals.js";
import { Choice } from "../components/choice.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { LetterRail } from "../components/letter_rail.js";
import { PageHead } from "../components/page_head.js";
import { PodcastCard } from "../components/podcast_card.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { CardSkeleton } from "../components/skeleton.js";
import { left } from "../episodes.js";
import { navigate, place } from "../router.js";
import { useResource } from "../resource.js";
import { mayRip, podcastRevision } from "../store.js";
import { t } from "../strings.js";
import { SortBy } from "../components/sort_by.js";

/** @import { Podcast } from "../types.js" */

/** From how many on letters are of help. */
const MANY = 60;
const FILTERS = /** @type {const} */ (["all", "unheard"]);
const ORDERS = /** @type {const} */ (["newest", "unheard", "title"]);

export function PodcastsView() {
  const resource = useResource("podcasts", content.podcasts, podcastRevision.value);
  const asked = place.value.query.get("sort");
  const order = ORDERS.find((one) => one === asked) ?? "newest";
  const filter = FILTERS.find((one) => one === place.value.query.get("show")) ?? "all";
  const all = resource.value?.podcasts.filter((one) => !left.value.has(one.id));
  const shown = sorted((all ?? []).filter((one) => filter === "all" || one.unheard_count > 0), order);
  const letters = order === "title" && shown.length > MANY ? lettersOf(shown) : [];
  const wall = useRef(/** @type {HTMLUListElement | null} */ (null));
  return html`
    <${PageHead} title=${t("nav.podcasts")} note=${all?.length ? t("count.podcasts", { count: all.length }) : null}>
      ${all && all.length > 1 && html`<${Choice}
        quiet
        label=${t("podcasts.filter")}
        value=${filter}
        options=${FILTERS.map((value) => ({ value, label: t(value === "all" ? "podcast.all" : "podcast.onlyUnheard") }))}
        onChange=${(/** @type {string} */ value) => turnTo(value === "all" ? null : value)}
      />
      <${SortBy}
        orders=${ORDERS}
        value=${order}
        label=${(/** @type {typeof ORDERS[number]} */ one) => t(`podcasts.by.${one}`)}
      />`}
      ${mayRip.value && html`<${Tools} any=${Boolean(all?.length)} />`}
    <//>
    ${resource.error && !all && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!all && !resource.error && html`<div class="section section--flush"><div class="wall">${Array.from({ length: 8 }, (_, index) => html`<${CardSkeleton}
      key=${index}
      shape="square"
    />`)}</div></div>`}
    ${all?.length === 0 && html`<${EmptyState}
      icon="mic"
      title=${t("podcasts.empty")}
      text=${mayRip.value ? t("podcasts.emptyText") : t("podcasts.emptyKid")}
    >
      ${mayRip.value && html`<a
        class="button button--accent"
        href="/add"
      ><${Icon} name="plus" />${t("podcasts.add")}</a>`}
    <//>`}
    ${all && all.length > 0 && !shown.length && html`<${EmptyState} icon="circle-check" title=${t("podcast.noneUnheard")} />`}
    ${shown.length > 0 && html`<div class=${`section section--flush ${letters.length > 1 ? "with-rail" : ""}`}><ul class="wall wall--covers" ref=${wall}>
      ${shown.map((podcast) => html`<li key=${podcast.id}><${PodcastCard} podcast=${podcast} /></li>`)}
    </ul>${letters.length > 1 && html`<${LetterRail}
      letters=${letters}
      onJump=${(/** @type {number} */ index) => wall.current?.children[index]?.scrollIntoView({ block: "center" })}
    />`}</div>`}
  `;
}

/** @param {{ any: boolean }} props */
function Tools({ any }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const take = () => {
    const files = [...(input.current?.files ?? [])];
    if (!files.length) return;
    handed.value = { files, entries: [] };
    navigate("/add");
  };
  return html`
    ${any && html`<a class="button" href="/add"><${Icon} name="plus" />${t("podcasts.add")}</a>`}
    <${Popover} icon="ellipsis" label=${t("podcasts.lists")}>
      ${(/** @type {() => void} */ close) => html`
        <${PopoverAction}
          icon="upload"
          text=${t("podcasts.import")}
          onClick=${() => { input.current?.click(); close(); }}
        />
        ${any && html`<${PopoverAction}
          icon="download"
          text=${t("podcasts.export")}
          href=${opmlUrl}
          download
          onClick=${close}
        />`}
      `}
    <//>
    <input ref=${input} class="unseen" type="file" accept=".opml" tabindex="-1" aria-hidden="true" onChange=${take} />
  `;
}

/** @param {string | null} filter */
function turnTo(filter) {
  const query = new URLSearchParams(place.value.query);
  if (filter === null) query.delete("show");
  else query.set("show", filter);
  navigate(query.size ? `/podcasts?${query}` : "/podcasts", { replace: true, keepFocus: true });
}

/** The letters that titles begin with, "#" for the others. @param {Podcast[]} podcasts in the order of their titles */
function lettersOf(podcasts) {
  /** @type {import("../long_list.js").Letter[]} */
  const letters = [];
  podcasts.forEach(({ title }, index) => {
    const first = title.normalize("NFD").slice(0, 1).toUpperCase();
    const letter = /\p{L}/u.test(first) ? first : "#";
    if (letters.every((one) => one.letter !== letter)) letters.push({ letter, index });
  });
  return letters;
}

/** @param {Podcast[]} podcasts @param {typeof ORDERS[number]} order */
function sorted(podcasts, order) {
  if (order === "title") return podcasts;
  const key = order === "unheard" ? "unheard_count" : "newest_at";
  return podcasts.toSorted((a, b) => (b[key] ?? 0) - (a[key] ?? 0));
}
