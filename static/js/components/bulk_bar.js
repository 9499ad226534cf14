/** The bar at the foot of a list while something is selected: what can be done with all of it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { collectMany, identifyMany, markMany, removeMany, tagMany } from "../bulk.js";
import { lazy } from "../lazy.js";
import { inOrder } from "../selection.js";
import { isAdmin, mayRip } from "../store.js";
import { t } from "../strings_lists.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";

/** @import { Kind } from "../bulk.js" */
/** @import { Selection } from "../selection.js" */
/** @import { Children } from "../types.js" */

const CollectDialog = lazy(() => import("./bulk_collect_dialog.js"), "BulkCollectDialog", () => null);
const TagDialog = lazy(() => import("./bulk_tag_dialog.js"), "BulkTagDialog", () => null);
const TakeAction = lazy(() => import("../offline/take_selection.js"), "TakeAction", () => null, ["offline"]);

/**
 * @param {{ kind: Kind, selection: Selection, onAll: () => void, onEnd: () => void,
 *   can: { mark?: boolean, tag?: boolean, identify?: boolean, isText?: boolean }, onQueue?: (() => void) | null,
 *   media?: string[] | null, extra?: ((action: (icon: string, text: string, act: () => void) => Children) => Children) | null }} props
 *   `can` says what makes sense for these, and whether they are read and not watched; `media` are those of them that are in the
 *   library, where not all are; `extra` is what can be done with no others
 */
export function BulkBar({ kind, selection, onAll, onEnd, can, onQueue = null, media = null, extra = null }) {
  const [asks, setAsks] = useState(/** @type {"collect" | "tag" | null} */ (null));
  const chosen = inOrder(selection);
  const keys = media ?? chosen;
  const isAny = keys.length > 0;
  /** @param {(kind: Kind, keys: string[]) => Promise<void>} act */
  const run = (act) => {
    onEnd();
    void act(kind, keys);
  };
  /** @param {string} icon @param {string} text @param {() => void} act @param {boolean} [bad] */
  const action = (icon, text, act, bad = false) => html`<button
    type="button"
    class=${`bulk__action ${bad ? "bulk__action--bad" : ""}`}
    title=${text}
    onClick=${act}
  ><${Icon} name=${icon} /><span class="bulk__word">${text}</span></button>`;
  return html`<div class="bulk" role="region" aria-label=${t("bulk.label")}>
      <${IconButton} icon="x" label=${t("bulk.clear")} onClick=${onEnd} />
      <span class="bulk__count" role="status">${t("bulk.count", { count: chosen.length })}</span>
      <div class="bulk__actions">
        ${action("list-checks", t("bulk.all"), onAll)}
        ${extra?.(action)}
        ${can.mark && action("circle-check", t(can.isText ? "bulk.markRead" : "bulk.markWatched"), () => run((some, all) => markMany(some, all, true, can)))}
        ${can.mark && action("circle-x", t(can.isText ? "bulk.markUnread" : "bulk.markUnwatched"), () => run((some, all) => markMany(some, all, false, can)))}
        ${onQueue && action("list-video", t("bulk.queue"), onQueue)}
        ${isAny && html`<${TakeAction} kind=${kind} keys=${keys} draw=${action} onEnd=${onEnd} />`}
        ${isAny && mayRip.value && action("list-plus", t("bulk.collect"), () => setAsks("collect"))}
        ${mayRip.value && can.tag && action("tag", t("bulk.tag"), () => setAsks("tag"))}
        ${mayRip.value && can.identify && action("scan-search", t("bulk.identify"), () => run(identifyMany))}
        ${isAny && isAdmin.value && action("trash-2", t("bulk.remove"), () => run(removeMany), true)}
      </div>
    </div>
    ${asks === "collect" && html`<${CollectDialog}
      onChoose=${(/** @type {{ id: string, title: string }} */ one) => run((some, all) => collectMany(some, all, one))}
      onClose=${() => setAsks(null)}
    />`}
    ${asks === "tag" && html`<${TagDialog}
      onSave=${(/** @type {string} */ tag) => run((some, all) => tagMany(some, all, tag))}
      onClose=${() => setAsks(null)}
    />`}`;
}
