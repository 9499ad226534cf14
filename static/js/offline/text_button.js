/** Takes an article or a book along, or tells how far it is. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../components/icon.js";
import { PopoverAction } from "../components/popover.js";
import { percent } from "../format.js";
import { toast, toastError } from "../store.js";
import { t } from "../strings_offline.js";
import { Taken } from "./device_button.js";
import { takeText } from "./fetching.js";
import { progressOf } from "./records.js";
import { canKeep, itemOf, items, knowShelf, takeOff } from "./shelf.js";

/** @typedef {{ id: string, title: string, media_type: string }} Text */

/** Among the buttons of a page. @param {{ text: Text }} props */
export function TextButton({ text }) {
  useEffect(() => void knowShelf().catch(() => undefined), []);
  if (!canKeep() || items.value === null) return null;
  const item = itemOf(text.id);
  if (item) return html`<${Taken} item=${item} />`;
  return html`<button type="button" class="button button--plain" title=${t("offline.takeTitle", { title: text.title })} onClick=${() => takeText(text).catch(toastError)}>
    <${Icon} name="smartphone" />${t("offline.take")}
  </button>`;
}

/** In a menu of things to do. @param {{ text: Text, onChoose: () => void }} props */
export function DeviceAction({ text, onChoose }) {
  useEffect(() => void knowShelf().catch(() => undefined), []);
  if (!canKeep() || items.value === null) return null;
  const item = itemOf(text.id);
  const take = async () => {
    onChoose();
    try {
      await takeText(text);
      toast(t("offline.onItsWay", { title: text.title }));
    } catch (error) {
      toastError(error);
    }
  };
  if (!item) return html`<${PopoverAction} icon="smartphone" text=${t("offline.take")} onClick=${take} />`;
  if (item.state !== "ready") return html`<${PopoverAction} icon="smartphone" text=${t("offline.taking", { percent: percent(progressOf(item)) })} href="/offline" onClick=${onChoose} />`;
  return html`<${PopoverAction} icon="smartphone" text=${t("offline.removeShort")} onClick=${() => {
    onChoose();
    takeOff([item], item);
  }} />`;
}
