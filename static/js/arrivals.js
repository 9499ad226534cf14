/** What was dropped on the window or pasted outside a field, from whichever page: it goes to the add page. */
import { signal } from "@preact/signals";
import { addressIn, isAddress } from "./links.js";
import { navigate, place } from "./router.js";
import { mayRip } from "./store.js";

/** What was dropped and waits for the add page; folders stand among the entries only. `path` is the shelf on which it was
 *  let go, `library` the very library.
 *  @typedef {{ files: File[], entries: FileSystemEntry[], path?: string, library?: string }} Handed */
export const handed = signal(/** @type {Handed | null} */ (null));
/** True while something that could be added is held over the window. */
export const hovering = signal(false);

/** @param {string} address */
export const addPath = (address) => `/add?url=${encodeURIComponent(address)}`;

/** Listens to the whole window. Called once. */
export function startArrivals() {
  let depth = 0;
  addEventListener("dragstart", () => (dragsFromHere = true));
  addEventListener("dragend", () => (dragsFromHere = false));
  addEventListener("dragenter", (event) => {
    if (!welcome(event)) return;
    event.preventDefault();
    depth += 1;
    hovering.value = true;
  });
  addEventListener("dragleave", (event) => {
    if (!welcome(event)) return;
    depth = Math.max(0, depth - 1);
    hovering.value = depth > 0;
  });
  addEventListener("dragover", (event) => {
    if (!welcome(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  });
  addEventListener("drop", (event) => {
    depth = 0;
    hovering.value = false;
    if (!welcome(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    // Entries can be asked for only now, before the drop is over.
    const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
    const address = addressIn(event.dataTransfer?.getData("text/uri-list") || event.dataTransfer?.getData("text/plain"));
    if (files.length) {
      handed.value = { files, entries, ...under(event.target) };
      if (place.value.name !== "add") navigate("/add");
    } else if (address) navigate(addPath(address));
  });
  addEventListener("paste", (event) => {
    if (!mayRip.value || place.value.name === "player" || typesText(event.target) || document.querySelector("dialog[open]")) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isAddress(text) || files.length) return;
    event.preventDefault();
    navigate(addPath(text.trim()));
  });
}

/** Files and addresses from elsewhere; what is dragged within the page stays with the page. @param {DragEvent} event */
function welcome(event) {
  const types = event.dataTransfer?.types ?? [];
  if (!mayRip.value || event.defaultPrevented || place.value.name === "player" || document.querySelector("dialog[open]")) return false;
  return !dragsFromHere && (types.includes("Files") || types.includes("text/uri-list"));
}

let dragsFromHere = false;

/** The library or the shelf below the pointer, else the page. @param {EventTarget | null} target */
function under(target) {
  const box = target instanceof Element ? target : null;
  const library = box?.closest("[data-library]")?.getAttribute("data-library");
  const link = box?.closest("nav a[href]");
  return { path: link instanceof HTMLAnchorElement ? link.pathname : place.value.path, ...(library ? { library } : {}) };
}

/** @param {EventTarget | null} target */
const typesText = (target) => target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
