/** One channel: its videos, the newest first, as long as it likes. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../api.js";
import { lists } from "../api_lists.js";
import { Backdrop } from "../components/backdrop.js";
import { Card } from "../components/card.js";
import { Choice } from "../components/choice.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { LongShelf } from "../components/long_shelf.js";
import { PageSkeleton } from "../components/skeleton.js";
import { SortBy } from "../components/sort_by.js";
import { date, duration } from "../format.js";
import { usePageTitle } from "../page_title.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings.js";
import { useLongList } from "../use_long_list.js";
import { joinDots, leftText, secondsLeft } from "../words.js";

/** @import { Card as CardRecord, Group } from "../types.js" */

const PAGE = 60;
const ORDERS = /** @type {const} */ ({
  newest: { sort: "published", direction: "desc" }, oldest: { sort: "published", direction: "asc" },
  title: { sort: "title", direction: "asc" },
});
const NAMES = /** @type {const} */ (["newest", "oldest", "title"]);

export function ChannelView() {
  const key = place.value.params.key ?? "";
  const resource = useResource(`channel:${key}`, (options) => api.channel(key, options), libraryRevision.value);
  usePageTitle(resource.value?.title);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${ChannelPage} key=${key} channel=${resource.value} />`;
}

/** @param {{ channel: Group }} props */
function ChannelPage({ channel }) {
  const [unseen, setUnseen] = useState(false);
  const asked = place.value.query.get("sort");
  const order = NAMES.find((one) => one === asked) ?? "newest";
  const question = { type: "video", show: channel.key, ...ORDERS[order], ...(unseen ? { unfinished: "true" } : {}) };
  const name = `channel:${JSON.stringify(question)}`;
  const items = useLongList(
    name,
    (cursor, signal) => api.library({ ...question, cursor, limit: PAGE }, { signal }),
    (signal) => lists.index("library", { ...question, limit: PAGE, months: "true" }, { signal }),
    PAGE,
    libraryRevision.value,
  );
  const videos = items.loaded().map(([, video]) => video);
  const next = videos.find((one) => secondsLeft(one) !== null) ?? videos.find((one) => !one.progress?.finished);
  return html`<article class="detail detail--channel">
    <${Backdrop} id=${channel.cover_media_id} hue=${channel.hue} still=${channel.artwork.still} />
    <div class="detail__head detail__head--plain">
      <div class="detail__words">
        <h1 class="detail__title">${channel.title}</h1>
        <p class="detail__meta"><span>${t("count.videos", { count: channel.count })}</span></p>
        ${next && html`<div class="detail__actions">
          <a
            class="button button--accent"
            href=${`/play/${next.id}`}
          ><${Icon} name="play" filled />${secondsLeft(next) !== null ? t("action.resume") : t("action.play")}</a>
        </div>`}
      </div>
    </div>
    <div class="section section--tools section__bar">
      <${Choice}
        quiet
        label=${t("channel.filter")}
        value=${unseen ? "unseen" : "all"}
        options=${[{ value: "all", label: t("channel.all") }, { value: "unseen", label: t("channel.unseen") }]}
        onChange=${(/** @type {string} */ value) => setUnseen(value === "unseen")}
      />
      <${SortBy}
        orders=${NAMES}
        value=${order}
        label=${(/** @type {typeof NAMES[number]} */ one) => t(`channel.by.${one}`)}
      />
    </div>
    ${items.count === 0
      ? html`<${EmptyState} icon="circle-check" title=${t("channel.noneUnseen")} />`
      : html`<${LongShelf}
        name=${name}
        items=${items}
        label=${channel.title}
        shape="wide"
        look="grid"
        kind="ids"
        type="video"
        question=${question}
        keyOf=${(/** @type {CardRecord} */ card) => card.id}
        render=${(/** @type {CardRecord} */ card) => html`<${Card}
          card=${card}
          shape="wide"
          subtitle=${subtitle(card)}
        />`}
      />`}
  </article>`;
}

/** Its channel needs no saying on the channel's own page. @param {CardRecord} card */
const subtitle = (card) => joinDots([card.published_at && date(card.published_at), leftText(card) ?? duration(card.duration)]);
