/** Dragging cards with the mouse: while one is held, a tray of collections stands at the side to let it go on. */
import { html } from "htm/preact";
import { render } from "preact";
import { chosenNow, loadOf, withSelected } from "./carried.js";
import { lazy } from "./lazy.js";
import { mayRip } from "./store.js";

/** @import { Load } from "./carried.js" */

const Tray = lazy(() => import("./components/collection_tray.js"), "CollectionTray", () => null, ["collection_tray"]);
const CARD = ".card__art, .lined__art, .photo-tile, .episode__art, .listed__art";

export function startCarrying() {
  let isMouse = false;
  addEventListener("pointerdown", (event) => (isMouse = event.pointerType === "mouse"), true);
  addEventListener("dragstart", (event) => {
    const load = isMouse && mayRip.value ? loadFrom(event.target) : null;
    if (!load) return;
    const all = withSelected(load, chosenNow());
    if (all.keys.length > 1) showCount(event, all.keys.length);
    // A page that changes before the drag has begun ends it.
    setTimeout(() => show(all));
  });
}

/** What the thing stands for that is dragged, a picture in a link for its link. @param {EventTarget | null} target @returns {Load | null} */
function loadFrom(target) {
  const named = target instanceof Element ? target.closest("[data-media], a[href]") : null;
  const media = named instanceof HTMLElement ? named.closest("[data-media]")?.getAttribute("data-media") : null;
  if (media) return { kind: "ids", keys: [media] };
  return named instanceof HTMLAnchorElement && named.origin === location.origin ? loadOf(named.pathname) : null;
}

/** How many there are, at the pointer. @param {DragEvent} event @param {number} count */
function showCount(event, count) {
  const from = event.target instanceof Element ? (event.target.querySelector(CARD) ?? event.target) : null;
  if (!from || !event.dataTransfer) return;
  const picture = document.createElement("div");
  picture.className = "carried";
  const { width, height } = from.getBoundingClientRect();
  picture.style.inlineSize = `${Math.min(width, 160)}px`;
  picture.style.blockSize = `${Math.min(height, 160)}px`;
  picture.append(String(count));
  document.body.append(picture);
  event.dataTransfer.setDragImage(picture, 16, 16);
  setTimeout(() => picture.remove());
}

/** @type {HTMLElement | null} */
let box = null;

/** @param {Load} load */
function show(load) {
  close();
  const place = document.createElement("div");
  box = place;
  document.body.append(place);
  const end = () => place === box && close();
  render(html`<${Tray} load=${load} onTaken=${chosenNow()?.onTaken} onClose=${end} />`, place);
}

function close() {
  if (!box) return;
  render(null, box);
  box.remove();
  box = null;
}
