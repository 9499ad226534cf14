/** Every collection: made here, read from the web, lists of music. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { lists } from "../api_lists.js";
import { reading } from "../api_reading.js";
import { Choice } from "../components/choice.js";
import { CollectionCard } from "../components/collection_card.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { NameDialog } from "../components/name_dialog.js";
import { PageHead } from "../components/page_head.js";
import { CardSkeleton } from "../components/skeleton.js";
import { forgotten } from "../forgotten.js";
import { lazy } from "../lazy.js";
import { useResource } from "../resource.js";
import { navigate, place } from "../router.js";
import { collectionRevision, libraryRevision, mayRip, toast } from "../store.js";
import { t } from "../strings.js";

/** @import { Collection } from "../types_reading.js" */

const KINDS = /** @type {const} */ (["all", "manual", "smart", "saga", "web", "music"]);
const SmartDialog = lazy(() => import("../components/smart_dialog.js"), "SmartDialog", () => null, ["lists"]);

/** @typedef {typeof KINDS[number]} Kind */

export function CollectionsView() {
  const list = useResource("collections", reading.collections, libraryRevision.value + collectionRevision.value);
  const [making, setMaking] = useState(/** @type {"manual" | "smart" | null} */ (null));
  const kind = KINDS.find((one) => one === place.value.query.get("kind")) ?? "all";
  const all = list.value?.collections.filter((one) => !forgotten.value.has(one.id));
  const kinds = KINDS.filter((one) => one === "all" || all?.some((collection) => isOf(collection, one)));
  const shown = all?.filter((one) => isOf(one, kind));
  const make = () => setMaking("manual");

  /** @param {string} title */
  const create = async (title) => {
    const made = await reading.addCollection({ title });
    collectionRevision.value += 1;
    navigate(`/collections/${made.id}`);
    toast(t("collection.created", { title: made.title }));
  };
  /** @param {string} title @param {import("../smart_rule.js").Rule} rule */
  const createSmart = async (title, rule) => {
    const made = await lists.addSmart(title, rule);
    collectionRevision.value += 1;
    navigate(`/collections/${made.id}`);
    toast(t("collection.createdSmart", { title: made.title }));
  };
  const makers = html`
    <button type="button" class="button" onClick=${() => setMaking("smart")}><${Icon} name="zap" />${t("collections.newSmart")}</button>
    <button type="button" class="button" onClick=${make}><${Icon} name="plus" />${t("collections.new")}</button>`;
  /** @param {Kind} value */
  const choose = (value) => navigate(value === "all" ? "/collections" : `/collections?kind=${value}`, { replace: true, keepFocus: true });
  return html`
    <${PageHead} title=${t("nav.collections")} note=${all?.length ? t("count.collections", { count: all.length }) : null}>
      ${kinds.length > 2 && html`<${Choice}
        quiet
        label=${t("collections.kind")}
        value=${kind}
        options=${kinds.map((value) => ({ value, label: t(`collections.${value}`) }))}
        onChange=${choose}
      />`}
      ${mayRip.value && all && all.length > 0 && makers}
    <//>
    ${list.error && !list.value && html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`}
    ${!all && !list.error && html`<div class="section section--flush"><div class="wall wall--collections">
      ${Array.from({ length: 8 }, (_, index) => html`<${CardSkeleton} key=${index} shape="square" />`)}
    </div></div>`}
    ${all?.length === 0 && html`<${EmptyState}
      icon="layers"
      title=${t("collections.empty")}
      text=${mayRip.value ? t("collections.emptyText") : t("collections.emptyKid")}
    >
      ${mayRip.value && html`<div class="empty__actions">
        <button type="button" class="button button--accent" onClick=${make}>${t("collections.new")}</button>
        <button type="button" class="button" onClick=${() => setMaking("smart")}>${t("collections.newSmart")}</button>
        <a class="button" href="/add">${t("collections.import")}</a>
      </div>`}
    <//>`}
    ${shown && shown.length > 0 && html`<div class="section section--flush"><ul class="wall wall--collections">
      ${shown.map((collection) => html`<li key=${collection.id}><${CollectionCard} collection=${collection} /></li>`)}
    </ul></div>`}
    ${making === "smart" && html`<${SmartDialog} onSave=${createSmart} onClose=${() => setMaking(null)} />`}
    ${making === "manual" && html`<${NameDialog}
      title=${t("collections.new")}
      label=${t("field.title")}
      hint=${t("collections.newHint")}
      action=${t("collections.make")}
      onSave=${create}
      onClose=${() => setMaking(null)}
    />`}
  `;
}

/** @param {Collection} collection @param {Kind} kind */
function isOf(collection, kind) {
  if (kind === "all") return true;
  return kind === "web" ? collection.kind === "playlist" || collection.kind === "channel" : collection.kind === kind;
}
