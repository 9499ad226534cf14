/** A collection: its face, what can be done with all of it, its entries in order. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { lists } from "../api_lists.js";
import { playlistFileUrl, reading } from "../api_reading.js";
import { fetchEntry, playAll, refreshCollection, removeCollection, shuffleAll } from "../collections.js";
import { Backdrop } from "../components/backdrop.js";
import { EmptyState } from "../components/empty_state.js";
import { EntryList } from "../components/entry_list.js";
import { ErrorState } from "../components/error_state.js";
import { FollowDialog } from "../components/follow_dialog.js";
import { Icon } from "../components/icon.js";
import { Mosaic } from "../components/mosaic.js";
import { NameDialog } from "../components/name_dialog.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { SagaCard } from "../components/saga_card.js";
import { PageSkeleton, TextSkeleton } from "../components/skeleton.js";
import { duration, when } from "../format.js";
import { forgotten } from "../forgotten.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { back, place } from "../router.js";
import { activeJobs, collectionRevision, libraryRevision, mayRip, toastError } from "../store.js";
import { t } from "../strings.js";
import { t as words } from "../strings_undo.js";
import { changeWithUndo, undoable } from "../undoing.js";
import { isText } from "../words.js";

/** @import { Collection, Entry } from "../types_reading.js" */

const TakeAlong = lazy(() => import("../offline/take_button.js"), "TakeButton", () => null, ["offline"]);
const SmartDialog = lazy(() => import("../components/smart_dialog.js"), "SmartDialog", () => null, ["lists"]);
const MusicPlaylist = lazy(() => import("./music_playlist.js"), "MusicPlaylistView");

export function CollectionView() {
  const id = place.value.params.id ?? "";
  const revision = libraryRevision.value + collectionRevision.value;
  const resource = useResource(`collection:${id}`, (options) => reading.collection(id, options), revision);
  if (resource.error && !resource.value) return html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  if (resource.value.kind === "music" && place.value.query.get("view") === "match")
    return html`<${MusicPlaylist} key=${id} collection=${resource.value} />`;
  return html`<${CollectionPage} key=${id} collection=${resource.value} revision=${revision} onChange=${resource.reload} />`;
}

/** @param {{ collection: Collection, revision: number, onChange: () => void }} props */
function CollectionPage({ collection, revision, onChange }) {
  usePageTitle(collection.title);
  const id = collection.id;
  const list = useResource(`entries:${id}`, (options) => reading.entries(id, options), revision);
  const [asking, setAsking] = useState(/** @type {"follow" | "name" | "rule" | null} */ (null));
  const entries = (list.value?.items ?? []).filter((entry) => !entry.media || !forgotten.value.has(entry.media.id));
  const cards = entries.flatMap((entry) => (entry.media ? [entry.media] : []));
  const whole = cards.reduce((sum, card) => sum + (isText(card) ? 0 : card.duration), 0);
  const sound = cards.filter((card) => card.media_type === "track");
  // Jobs move all the time; they are looked at only while there is nothing else to see.
  const isRead = !entries.length && activeJobs.value.some((job) => job.kind === "playlist" && job.url !== null && job.url === collection.url);
  const isManual = collection.kind === "manual";
  const face = collection.covers.length ? collection : { ...collection, covers: cards };

  /** @param {Entry[]} next @param {Entry} moved */
  const order = async (next, moved) => {
    const before = list.value?.items ?? [];
    await changeWithUndo(next, before, {
      show: (items) => list.set({ items }),
      send: async (items) => {
        await reading.orderEntries(id, items.map((entry) => entry.id));
        list.set({ items });
      },
      text: words("undo.ordered", { title: moved.title }),
    });
  };
  /** @param {Entry} entry */
  const remove = async (entry) => {
    const before = list.value?.items ?? [];
    list.set({ items: before.filter((one) => one.id !== entry.id) });
    const putBack = async () => {
      await reading.restoreEntry(id, entry.id);
      collectionRevision.value += 1;
    };
    try {
      await reading.removeEntry(id, entry.id);
      undoable(t("collection.entryRemoved", { title: entry.title }), putBack);
      onChange();
    } catch (error) {
      list.set({ items: before });
      toastError(error);
    }
  };
  return html`<article class="detail">
    <${Backdrop} id=${null} hue=${collection.hue} still=${false} />
    <div class="detail__head">
      <div class="detail__cover detail__cover--square"><${Mosaic} collection=${face} eager /></div>
      <div class="detail__words">
        <p class="detail__above">${t(`collection.kind.${collection.kind}`)}</p>
        <h1 class="detail__title">${collection.title}</h1>
        <${Facts} collection=${collection} whole=${whole} />
        <div class="detail__actions">
          ${cards.length > 0 && html`<button type="button" class="button button--accent" onClick=${() => playAll(cards)}>
            <${Icon}
              name=${cards.every(isText) ? "book-open" : "play"}
              filled=${!cards.every(isText)}
            />${cards.every(isText) ? t("collection.open") : t("collection.playAll")}
          </button>`}
          ${sound.length > 1 && html`<button type="button" class="button button--plain" onClick=${() => shuffleAll(sound)}>
            <${Icon} name="refresh-cw" />${t("collection.shuffle")}
          </button>`}
          ${cards.length > 0 && html`<${TakeAlong} load=${async () => cards.map((card) => card.id)} title=${collection.title} />`}
          ${mayRip.value && html`<${Actions} collection=${collection} onAsk=${setAsking} />`}
        </div>
        ${collection.subscription?.error && html`<p class="notice">${collection.subscription.error}</p>`}
        ${collection.overview && html`<p class="detail__overview">${collection.overview}</p>`}
      </div>
    </div>
    <section class="section" aria-label=${t("collection.entries")}>
      ${list.error && !list.value && html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`}
      ${!list.value && !list.error && html`<${TextSkeleton} lines=${6} />`}
      ${list.value && !entries.length && isRead && html`<div role="status">
        <p class="form__note">${t("collection.reading")}</p>
        <${TextSkeleton} lines=${4} />
      </div>`}
      ${list.value && !entries.length && !isRead && html`<${EmptyState}
        icon="layers"
        title=${t("collection.empty")}
        text=${t(isManual ? "collection.emptyText" : collection.kind === "smart" ? "collection.emptySmart" : "collection.emptyWeb")}
      />`}
      ${entries.length > 0 && collection.kind === "saga" && html`<ul class="wall">${entries.map((entry) => html`<li key=${entry.id}><${SagaCard} entry=${entry} /></li>`)}</ul>`}
      ${entries.length > 0 && collection.kind !== "saga" && html`<${EntryList}
        collection=${collection}
        entries=${entries}
        canOrder=${isManual && mayRip.value && entries.length > 1}
        onOrder=${order}
        onRemove=${mayRip.value && collection.kind !== "music" && collection.kind !== "smart" ? remove : null}
        onFetch=${(/** @type {Entry} */ entry) => fetchEntry(collection, entry)}
      />`}
    </section>
    ${asking === "follow" && html`<${FollowDialog} collection=${collection} onClose=${() => setAsking(null)} onChange=${onChange} />`}
    ${asking === "rule" && html`<${SmartDialog}
      title=${collection.title}
      rule=${collection.rule}
      onSave=${async (/** @type {string} */ title, /** @type {import("../smart_rule.js").Rule} */ rule) => {
        const { rule: before } = collection;
        await lists.changeRule(id, rule, title);
        collectionRevision.value += 1;
        undoable(words("undo.rule", { title }), async () => {
          if (before) await lists.changeRule(id, before, collection.title);
          collectionRevision.value += 1;
        });
      }}
      onClose=${() => setAsking(null)}
    />`}
    ${asking === "name" && html`<${NameDialog}
      title=${t("collection.rename")}
      label=${t("field.title")}
      value=${collection.title}
      action=${t("action.save")}
      onSave=${async (/** @type {string} */ title) => {
        await reading.editCollection(id, { title });
        onChange();
        undoable(words("undo.renamed", { title }), async () => {
          await reading.editCollection(id, { title: collection.title });
          onChange();
        });
      }}
      onClose=${() => setAsking(null)}
    />`}
  </article>`;
}

/** @param {{ collection: Collection, whole: number }} props `whole` seconds */
function Facts({ collection, whole }) {
  const { here_count: here, count, subscription } = collection;
  const facts = [
    here < count ? t("collection.here", { here, count }) : t("count.entries", { count }),
    whole > 0 && duration(whole),
    subscription && t("follow.on"),
    subscription?.checked_at && t("collection.checked", { when: when(subscription.checked_at) }),
    subscription?.next_check_at && subscription.next_check_at > Date.now() && t("collection.next", { when: when(subscription.next_check_at) }),
  ];
  return html`<p class="detail__meta">${facts.filter(Boolean).map((fact) => html`<span key=${fact}>${fact}</span>`)}</p>`;
}

const FORMATS = /** @type {const} */ ([["m3u8", "collection.asM3u"], ["jspf", "collection.asJspf"], ["csv", "collection.asCsv"]]);

/** @param {{ collection: Collection, onAsk: (what: "follow" | "name" | "rule") => void }} props */
function Actions({ collection, onAsk }) {
  const isWeb = collection.kind === "playlist" || collection.kind === "channel";
  const remove = () => {
    void removeCollection(collection);
    back("/collections");
  };
  return html`
    ${collection.kind === "music" && html`<a
      class="button button--plain"
      href=${`/collections/${collection.id}?view=match`}
    ><${Icon} name="list-checks" />${t("collection.match")}</a>`}
    ${collection.kind === "smart" && html`<button
      type="button"
      class="button button--plain"
      onClick=${() => onAsk("rule")}
    ><${Icon} name="sliders-horizontal" />${t("collection.rule")}</button>`}
    ${isWeb && html`
      <button
        type="button"
        class="button button--plain"
        onClick=${() => onAsk("follow")}
      ><${Icon} name=${collection.subscription ? "sliders-horizontal" : "plus"} />${collection.subscription ? t("follow.edit") : t("follow.start")}</button>
      <button
        type="button"
        class="button button--plain"
        onClick=${() => refreshCollection(collection)}
      ><${Icon} name="refresh-cw" />${t("action.refresh")}</button>`}
    <${Popover} icon="ellipsis" label=${t("action.more")} class="button button--plain" text=${t("action.more")}>
      ${(/** @type {() => void} */ close) => {
        const then = (/** @type {() => unknown} */ act) => () => {
          close();
          act();
        };
        return html`
          ${collection.kind === "music" && FORMATS.map(([format, label]) => html`<${PopoverAction}
            key=${format}
            icon="download"
            text=${t(label)}
            href=${playlistFileUrl(collection.id, format)}
            download
            onClick=${close}
          />`)}
          <${PopoverAction} icon="pencil" text=${t("collection.rename")} onClick=${then(() => onAsk("name"))} />
          ${collection.url && html`<${PopoverAction}
            icon="external-link"
            text=${t("collection.source")}
            href=${collection.url}
            away
            onClick=${close}
          />`}
          <${PopoverAction} icon="trash-2" text=${t("item.bin")} onClick=${then(remove)} />
        `;
      }}
    <//>
  `;
}
