/** A tray at the side while cards are dragged: whatever is let go on a collection goes into it. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { reading } from "../api_reading.js";
import { collectMany } from "../bulk.js";
import { useResource } from "../resource.js";
import { collectionRevision } from "../store.js";
import { t } from "../strings_lists.js";
import { Icon } from "./icon.js";
import { Mosaic } from "./mosaic.js";
import { NameDialog } from "./name_dialog.js";

/** @import { Load } from "../carried.js" */
/** @import { Children } from "../types.js" */

/** @param {{ load: Load, onTaken?: () => void, onClose: () => void }} props `onTaken` ends a selection of which something was dragged */
export function CollectionTray({ load: { kind, keys }, onTaken, onClose }) {
  const list = useResource("collections", reading.collections, collectionRevision.value);
  const [naming, setNaming] = useState(false);
  const isKept = useRef(false);
  const manual = list.value?.collections.filter((one) => one.kind === "manual") ?? [];
  useEffect(() => {
    const end = () => isKept.current || onClose();
    addEventListener("dragend", end);
    // What was dragged may be gone from the page, and then nobody says that the drag is over; a pointer is silent during one.
    addEventListener("pointermove", end);
    addEventListener("pointerdown", end);
    return () => {
      removeEventListener("dragend", end);
      removeEventListener("pointermove", end);
      removeEventListener("pointerdown", end);
    };
  }, []);

  /** @param {{ id: string, title: string }} one */
  const put = (one) => {
    onTaken?.();
    void collectMany(kind, keys, one);
    onClose();
  };
  const ask = () => {
    isKept.current = true;
    setNaming(true);
  };
  if (naming) return html`<${NameDialog}
    title=${t("collections.new")}
    label=${t("field.title")}
    hint=${t("collections.newHint")}
    action=${t("collections.make")}
    onSave=${async (/** @type {string} */ title) => put(await reading.addCollection({ title }))}
    onClose=${onClose}
  />`;
  return html`<section class="tray" aria-label=${t("carry.label")}>
    <p class="tray__head">${t("carry.head", { count: keys.length })}</p>
    <ul class="tray__places">
      <${Place} onDrop=${ask}>
        <span class="collect__art tray__new"><${Icon} name="plus" /></span>
        <span class="collect__title">${t("collections.new")}</span>
      <//>
      ${manual.map((one) => html`<${Place} key=${one.id} onDrop=${() => put(one)}>
        <span class="collect__art"><${Mosaic} collection=${one} /></span>
        <span class="collect__words">
          <span class="collect__title" dir="auto">${one.title}</span>
          <span class="collect__note">${t("count.entries", { count: one.count })}</span>
        </span>
      <//>`)}
    </ul>
  </section>`;
}

/** Where something can be let go. @param {{ onDrop: () => void, children: Children }} props */
function Place({ onDrop, children }) {
  // Entering a part of it is told before the leaving of another.
  const [depth, setDepth] = useState(0);
  /** @param {DragEvent} event */
  const allow = (event) => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  };
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    onDrop();
  };
  return html`<li
    class=${`tray__place ${depth > 0 ? "tray__place--over" : ""}`}
    onDragEnter=${(/** @type {DragEvent} */ event) => {
      allow(event);
      setDepth((now) => now + 1);
    }}
    onDragLeave=${() => setDepth((now) => now - 1)}
    onDragOver=${allow}
    onDrop=${drop}
  >${children}</li>`;
}
