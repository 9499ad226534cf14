/** The app when the server cannot be reached: what is on this device, and the way back. */
import { html, render } from "htm/preact";
import { Icon } from "../components/icon.js";
import { PageSkeleton } from "../components/skeleton.js";
import { Toasts } from "../components/toast.js";
import { lazy } from "../lazy.js";
import { readFromDevice } from "../reading_source.js";
import { place } from "../router.js";
import { t } from "../strings_offline.js";
import "../strings_pages.js";
import { DeviceList } from "./device_list.js";
import { deliver } from "./outbox.js";
import { canKeep, itemOf, items, loadShelf } from "./shelf.js";

const READERS = {
  article: lazy(() => import("../views/article.js"), "ArticleView", PageSkeleton, ["reader"]),
  reader: lazy(() => import("../views/book_reader.js"), "BookReaderView", PageSkeleton, ["reader"]),
};

/** How often it is looked whether the server is back, ms. */
const LOOK_EVERY = 15_000;

/** @param {HTMLElement} root @returns {Promise<boolean>} false where nothing can be on this device */
export async function startOffline(root) {
  if (!canKeep()) return false;
  await sheetHere();
  await loadShelf();
  readFromDevice();
  document.title = t("offline.title");
  root.replaceChildren();
  render(html`<${OfflineApp} />`, root);
  addEventListener("online", () => void lookAgain());
  setInterval(() => void (document.visibilityState === "visible" && lookAgain()), LOOK_EVERY);
  return true;
}

/** The address leads to a text that is here. */
function readerHere() {
  const { name, params } = place.value;
  const Reader = name === "article" || name === "reader" ? READERS[name] : null;
  return itemOf(params["id"] ?? "")?.state === "ready" ? Reader : null;
}

function OfflineApp() {
  const Reader = readerHere();
  if (Reader) return html`<main class="app app--alone" id="main" tabindex="-1"><${Reader} key=${place.value.params["id"]} /></main>
    <div class="foot"><${Toasts} /></div>`;
  return html`<div class="offline">
    <header class="offline__head">
      <span class="brand"><span class="brand__mark"></span>${t("offline.title")}</span>
    </header>
    <main class="offline__main" id="main" tabindex="-1">
      <div class="offline__away" role="status">
        <div><h1 class="offline__title">${t("offline.away")}</h1><p class="offline__text">${t("offline.awayText")}</p></div>
        <button type="button" class="button" onClick=${() => location.reload()}><${Icon} name="refresh-cw" />${t("offline.again")}</button>
      </div>
      ${items.value && html`<${DeviceList} online=${false} />`}
    </main>
    <div class="foot"><${Toasts} /></div>
  </div>`;
}

/** Goes back to the whole app once the server answers, but never in the middle of something. */
async function lookAgain() {
  if (!navigator.onLine) return;
  const answer = await fetch("/api/me", { cache: "no-store" }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  await deliver().catch(() => undefined);
  const isBusy = readerHere() || [...document.querySelectorAll("audio, video")].some((one) => one instanceof HTMLMediaElement && !one.paused);
  if (!isBusy) location.reload();
}

/** The sheet of this page, from the cache of the worker. */
function sheetHere() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../../css/components/offline.css", import.meta.url).href;
  return new Promise((/** @type {(value: void) => void} */ done) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => done());
    document.head.append(link);
  });
}
