/** What was removed: when it goes for ever, and the way back. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { lists } from "../api_lists.js";
import { restoreMany } from "../bulk.js";
import { Cover } from "../components/cover.js";
import { Dialog } from "../components/dialog.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { PageSkeleton } from "../components/skeleton.js";
import { size, when } from "../format.js";
import { forgetMedia } from "../forgotten.js";
import { useKeyset } from "../keyset.js";
import { onlyFor } from "../only_for.js";
import { useResource } from "../resource.js";
import { collectionRevision, isAdmin, libraryRevision, mayRip, toast, toastError } from "../store.js";
import { t } from "../strings_lists.js";
import { cardSubtitle } from "../words.js";

/** @import { BinnedCard, RemovedCollection } from "../api_lists.js" */

const DAY_MS = 86_400_000;
const NONE = { items: [], count: 0, next: null, size_bytes: 0, days: 30 };

export const BinView = onlyFor(mayRip, Bin);

function Bin() {
  const list = useKeyset(
    "bin",
    (cursor, signal) => (isAdmin.value ? lists.bin({ cursor, limit: 100 }, { signal }) : Promise.resolve(NONE)),
    libraryRevision.value,
  );
  const removed = useResource("bin:collections", lists.binnedCollections, collectionRevision.value);
  const [chosen, setChosen] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [isAsking, setAsking] = useState(false);
  const page = /** @type {{ items: BinnedCard[], count: number, next: string | null, size_bytes: number, days: number } | undefined} */ (list.page);
  const collections = removed.value?.collections ?? [];
  if (list.error && !page) return html`<${ErrorState} error=${list.error} onRetry=${list.retry} />`;
  if (!page) return html`<${PageSkeleton} />`;

  /** @param {string} id */
  const toggle = (id) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  /** @param {string[]} ids */
  const restore = async (ids) => {
    setChosen(new Set());
    for (const id of ids) forgetMedia(id, false);
    try {
      await restoreMany(ids);
      toast(t("bin.restored", { count: ids.length }));
    } catch (error) {
      toastError(error);
    }
    libraryRevision.value += 1;
  };
  const empty = async () => {
    setAsking(false);
    try {
      const { done } = await lists.empty(null);
      toast(t("bin.emptied", { count: done }));
    } catch (error) {
      toastError(error);
    }
    libraryRevision.value += 1;
  };
  const whole = size(page.size_bytes);
  return html`
    <${PageHead} title=${t("bin.title")} note=${page.count ? t("bin.size", { size: whole }) : null}>
      ${chosen.size > 0 && html`<button type="button" class="button button--accent" onClick=${() => restore([...chosen])}>
        <${Icon} name="undo-2" />${t("bin.restore")} · ${t("bulk.count", { count: chosen.size })}
      </button>`}
      ${page.count > 0 && html`<button type="button" class="button" onClick=${() => setAsking(true)}><${Icon} name="trash-2" />${t("bin.emptyAll")}</button>`}
    <//>
    ${!page.count && !collections.length && html`<${EmptyState} icon="trash-2" title=${t("bin.empty")} text=${t("bin.emptyText")} />`}
    ${page.count > 0 && html`<p class="bin__lead">${t("bin.note", { days: page.days })}</p>
      <ul class="bin" aria-label=${t("bin.items")}>
        ${page.items.map((card) => html`<${Row} key=${card.id} card=${card} days=${page.days} isChosen=${chosen.has(card.id)} onToggle=${() => toggle(card.id)} onRestore=${() => restore([card.id])} />`)}
      </ul>
      ${page.next && html`<div class="bin"><button type="button" class="button bin__more" onClick=${list.more}>${t("bin.more")}</button></div>`}`}
    ${collections.length > 0 && html`<section class="section">
      <h2>${t("bin.collections")}</h2>
      <p class="bin__lead">${t("bin.collectionsNote")}</p>
      <ul class="bin">${collections.map((one) => html`<${CollectionRow} key=${one.id} one=${one} />`)}</ul>
    </section>`}
    ${isAsking && html`<${Dialog} title=${t("bin.emptyAsk")} onClose=${() => setAsking(false)}>
      <p class="dialog__body">${t("bin.emptyWarn", { count: page.count, size: whole })}</p>
      <div class="dialog__foot"><button type="button" class="button button--bad" onClick=${empty}>${t("bin.emptyDo")}</button></div>
    <//>`}
  `;
}

/** @param {{ card: BinnedCard, days: number, isChosen: boolean, onToggle: () => void, onRestore: () => void }} props */
function Row({ card, days, isChosen, onToggle, onRestore }) {
  const left = Math.ceil((card.removed_at + days * DAY_MS - Date.now()) / DAY_MS);
  return html`<li class="bin__row">
    <label class="bin__check"><input type="checkbox" checked=${isChosen} aria-label=${t("bulk.select", { title: card.title })} onChange=${onToggle} /></label>
    <span class="bin__art"><${Cover} id=${card.id} title=${card.title} hue=${card.hue} artwork=${{ poster: false, still: false }} shape="poster" /></span>
    <span class="bin__words">
      <span class="bin__title">${card.title}</span>
      <span class="bin__note">${[cardSubtitle(card), card.size_bytes ? size(card.size_bytes) : null, t("bin.removedAt", { when: when(card.removed_at) }), left > 0 ? t("bin.goes", { count: left }) : t("bin.goesNow")].filter(Boolean).join(" · ")}</span>
    </span>
    <button type="button" class="button" aria-label=${t("bin.restoreOne", { title: card.title })} onClick=${onRestore}><${Icon} name="undo-2" />${t("bin.restore")}</button>
  </li>`;
}

/** @param {{ one: RemovedCollection }} props */
function CollectionRow({ one }) {
  const restore = async () => {
    try {
      await lists.restoreCollection(one.id);
      forgetMedia(one.id, false);
      toast(t("bin.collectionBack", { title: one.title }));
    } catch (error) {
      toastError(error);
    }
    collectionRevision.value += 1;
  };
  return html`<li class="bin__row">
    <span class="bin__check"><${Icon} name="layers" /></span>
    <span></span>
    <span class="bin__words"><span class="bin__title">${one.title}</span><span class="bin__note">${t("bin.removedAt", { when: when(one.removed_at) })}</span></span>
    <button type="button" class="button" aria-label=${t("bin.restoreOne", { title: one.title })} onClick=${restore}><${Icon} name="undo-2" />${t("bin.restore")}</button>
  </li>`;
}
