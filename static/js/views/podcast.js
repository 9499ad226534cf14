/** One podcast: what it is, how it is treated, and its episodes. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { content } from "../api_content.js";
import { AgeDialog } from "../components/age_dialog.js";
import { Backdrop } from "../components/backdrop.js";
import { Dialog } from "../components/dialog.js";
import { EpisodeList } from "../components/episode_list.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PodcastCover } from "../components/podcast_cover.js";
import { PodcastNotices } from "../components/podcast_notices.js";
import { PodcastPassword } from "../components/podcast_password.js";
import { policyLine, PodcastPolicy } from "../components/podcast_policy.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { PageSkeleton } from "../components/skeleton.js";
import { now, playEpisode, unsubscribe } from "../episodes.js";
import { when } from "../format.js";
import { safeHref } from "../links.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { navigate, place } from "../router.js";
import { useResource } from "../resource.js";
import { mayRip, podcastRevision, toast, toastError } from "../store.js";
import { t } from "../strings.js";
import { t as ages } from "../strings_ages.js";
import { changeWithUndo, replaced, savedText } from "../undoing.js";

/** @import { Episode, Podcast } from "../types.js" */
/** @import { Policy } from "../components/podcast_policy.js" */

const TakeNewest = lazy(() => import("../offline/take_newest.js"), "TakeNewest", () => null, ["offline"]);

/** Longer than this, the words about a podcast are folded. */
const LONG = 320;

export function PodcastView() {
  const id = place.value.params.id ?? "";
  const resource = useResource(`podcast:${id}`, (options) => content.podcast(id, options), podcastRevision.value);
  usePageTitle(resource.value?.title);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${PodcastPage} key=${id} podcast=${resource.value} onChange=${resource.set} />`;
}

/** @param {{ podcast: Podcast, onChange: (podcast: Podcast) => void }} props */
function PodcastPage({ podcast, onChange }) {
  const [episodes, setEpisodes] = useState(/** @type {Episode[]} */ ([]));
  const refresh = async () => {
    toast(t("podcast.checking", { title: podcast.title }));
    try {
      await content.refreshPodcast(podcast.id);
      podcastRevision.value += 1;
    } catch (error) {
      toastError(error);
    }
  };
  return html`<article class="detail">
    <${Backdrop} id=${null} hue=${podcast.hue} still=${false} />
    <div class="detail__head">
      <div class="detail__cover detail__cover--square"><${PodcastCover} podcast=${podcast} large /></div>
      <div class="detail__words">
        ${podcast.author && html`<p class="detail__above">${podcast.author}</p>`}
        <h1 class="detail__title">${podcast.title}</h1>
        <p class="detail__meta">${facts(podcast).map((fact) => html`<span key=${fact}>${fact}</span>`)}</p>
        <${Actions} podcast=${podcast} episodes=${episodes} onRefresh=${refresh} onChange=${onChange} />
      </div>
    </div>
    <div class="section podcast">
      <${PodcastNotices} podcast=${podcast} onRefresh=${refresh} />
      ${podcast.overview && html`<${Overview} text=${podcast.overview} />`}
    </div>
    <section class="section section--list" aria-label=${t("show.episodes")}>
      <${EpisodeList} podcast=${podcast} onLoaded=${setEpisodes} />
    </section>
  </article>`;
}

/** @param {{ podcast: Podcast, episodes: Episode[], onRefresh: () => void, onChange: (podcast: Podcast) => void }} props */
function Actions({ podcast, episodes, onRefresh, onChange }) {
  const [ruling, setRuling] = useState(false);
  const [isRating, setRating] = useState(false);
  const shown = episodes.map(now);
  const begun = shown.find((one) => one.state === "here" && !one.heard && (one.progress?.position ?? 0) >= 1);
  const next = begun ?? shown.find((one) => one.state === "here" && !one.heard) ?? shown.find((one) => one.state === "here");
  const site = safeHref(podcast.site_url);
  const leave = () => {
    unsubscribe(podcast);
    navigate("/podcasts", { replace: true });
  };
  return html`<div class="detail__actions">
    ${next && html`<button
      type="button"
      class="button button--accent"
      onClick=${() => playEpisode(next)}
    ><${Icon} name="play" filled />${begun ? t("podcast.resumeNow") : t("podcast.playLatest")}</button>`}
    ${podcast.episode_count > 0 && html`<${TakeNewest} podcast=${podcast} />`}
    ${mayRip.value && html`<button
      type="button"
      class="button button--plain"
      onClick=${() => setRuling(true)}
    ><${Icon} name="list-checks" />${t("podcast.rulesShort")}</button>
    <button
      type="button"
      class="button button--plain"
      onClick=${onRefresh}
    ><${Icon} name="refresh-cw" />${t("podcast.refresh")}</button>`}
    ${(site || mayRip.value) && html`<${Popover} icon="ellipsis" label=${t("podcast.moreActions")}>
      ${(/** @type {() => void} */ close) => html`
        ${site && html`<${PopoverAction}
          icon="external-link"
          text=${t("podcast.site")}
          href=${site}
          away
          onClick=${close}
        />`}
        ${mayRip.value && html`<${PopoverAction}
          icon="users"
          text=${ages("age.action")}
          onClick=${() => {
            close();
            setRating(true);
          }}
        /><${PopoverAction}
          icon="trash-2"
          text=${t("podcast.unsubscribe")}
          tone="bad"
          onClick=${leave}
        />`}
      `}
    <//>`}
    ${isRating && html`<${AgeDialog}
      title=${podcast.title}
      age=${podcast.min_age}
      send=${async (/** @type {number | null} */ age) => onChange(await content.editPodcast(podcast.id, { min_age: age }))}
      onClose=${() => setRating(false)}
    />`}
    ${ruling && html`<${Rules} podcast=${podcast} onChange=${onChange} onClose=${() => setRuling(false)} />`}
  </div>`;
}

/** @param {{ podcast: Podcast, onChange: (podcast: Podcast) => void, onClose: () => void }} props */
function Rules({ podcast, onChange, onClose }) {
  /** @param {Partial<Policy>} change @param {string} label */
  const save = (change, label) => changeWithUndo(change, replaced(podcast, change), {
    show: (wish) => onChange({ ...podcast, ...wish }),
    send: async (wish) => {
      await content.editPodcast(podcast.id, wish);
      podcastRevision.value += 1;
    },
    text: savedText(label),
  });
  return html`<${Dialog} title=${t("podcast.rules")} onClose=${onClose}>
    <div class="dialog__body">
      <${PodcastPolicy} policy=${podcast} onChange=${save} />
      <${PodcastPassword} podcast=${podcast} onSaved=${onClose} />
    </div>
  <//>`;
}

/** @param {{ text: string }} props */
function Overview({ text }) {
  const [whole, setWhole] = useState(text.length <= LONG);
  return html`<div class="podcast__about">
    <p class=${whole ? "podcast__text" : "podcast__text podcast__text--cut"}>${text}</p>
    ${!whole && html`<button
      type="button"
      class="button button--plain podcast__more"
      onClick=${() => setWhole(true)}
    >${t("episode.more")}</button>`}
  </div>`;
}

/** @param {Podcast} podcast */
function facts(podcast) {
  return [
    t("count.episodes", { count: podcast.episode_count }),
    podcast.unheard_count > 0 ? t("count.unheard", { count: podcast.unheard_count }) : t("podcasts.quiet"),
    mayRip.value && policyLine(podcast),
    podcast.is_private && t("podcast.isPrivate"),
    podcast.checked_at && t("podcast.checked", { when: when(podcast.checked_at) }),
  ].filter((fact) => typeof fact === "string");
}
