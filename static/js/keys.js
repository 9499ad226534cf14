/** The keys that work on every page: g and a letter goes somewhere, ? tells them all, e and w press what is there. */
import { html } from "htm/preact";
import { render } from "preact";
import { lazy } from "./lazy.js";
import { navigate, place } from "./router.js";
import { meaningOf } from "./page_keys.js";

/** Views that have keys of their own. */
const OWN = new Set(["player", "reader", "article", "photo", "review"]);
const PATIENCE_MS = 1500;
let wentAt = -Infinity;

export function startKeys() {
  addEventListener("keydown", hear);
}

/** @param {KeyboardEvent} event */
function hear(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open], .stage--full")) return;
  if (OWN.has(place.value.name) && event.key !== "?") return;
  const target = event.target instanceof Element ? event.target : null;
  const isGoing = event.timeStamp - wentAt < PATIENCE_MS;
  wentAt = -Infinity;
  const meaning = meaningOf(event, target, isGoing);
  if (!meaning) return;
  if ("wait" in meaning) wentAt = event.timeStamp;
  else if ("go" in meaning) navigate(meaning.go);
  else if ("do" in meaning) showKeys();
  else {
    const button = document.querySelector(`[data-hotkey="${meaning.press}"]`);
    if (!(button instanceof HTMLElement) || target?.closest("[data-index]")) return;
    button.click();
  }
  event.preventDefault();
}

const AllKeys = lazy(() => import("./components/all_keys_dialog.js"), "AllKeysDialog", () => null, ["lists"]);

/** Shows the sheet of all keys. */
export function showKeys() {
  const box = document.createElement("div");
  document.body.append(box);
  const close = () => {
    render(null, box);
    box.remove();
  };
  render(html`<${AllKeys} onClose=${close} />`, box);
}
