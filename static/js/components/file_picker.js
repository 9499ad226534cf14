/** Files and whole folders from this device: dropped anywhere, or chosen here. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { folderOf } from "../dropped_files.js";
import { filesIn } from "../dropped_folders.js";
import { size } from "../format.js";
import { useResource } from "../resource.js";
import { announce, isAdmin, toast } from "../store.js";
import { t } from "../strings_library.js";
import { typed } from "../typed.js";
import { arrivals, takeFiles, watchArrivals } from "../uploads.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** @import { Handed } from "../arrivals.js" */
/** @import { Library } from "../types_library.js" */

const STEP = 200;

/** Where files go, also those that are dropped. "" lets their content decide. */
let chosen = "";

/** Files and folders that were let go over the window. @param {Handed} dropped */
export async function takeDropped({ files, entries }) {
  const library = chosen;
  if (!entries.some((entry) => entry.isDirectory)) return takeFiles(files.map((file) => ({ file, folder: "" })), { library });
  announce(t("upload.looking"));
  let found = [];
  let count = 0;
  for await (const one of filesIn(entries)) {
    found.push(one);
    count += 1;
    // The first ones go while the rest is still looked for.
    if (found.length < STEP) continue;
    takeFiles(found, { library });
    found = [];
  }
  if (!count) toast(t("upload.none"));
  return takeFiles(found, { library });
}

export function FilePicker() {
  const files = useRef(/** @type {HTMLInputElement | null} */ (null));
  const folder = useRef(/** @type {HTMLInputElement | null} */ (null));
  const free = arrivals.value?.limits.free_bytes;
  useEffect(watchArrivals, []);
  /** @param {HTMLInputElement | null} input */
  const take = (input) => {
    const found = [...(input?.files ?? [])].map((file) => ({ file, folder: folderOf(file) }));
    if (input) input.value = "";
    takeFiles(found, { library: chosen });
  };
  return html`<div class="dropzone">
    <${Icon} name="upload" />
    <p class="dropzone__words">${t("upload.dropTitle")}</p>
    <p class="dropzone__note">${t("upload.dropNote")}</p>
    <div class="dropzone__ways">
      <button type="button" class="button" onClick=${() => files.current?.click()}>${t("drop.choose")}</button>
      <button
        type="button"
        class="button button--plain"
        onClick=${() => folder.current?.click()}
      ><${Icon} name="folder" />${t("upload.chooseFolder")}</button>
    </div>
    ${isAdmin.value && html`<${Into} />`}
    ${free != null && html`<p class="dropzone__note">${t("upload.room", { free: size(free) })}</p>`}
    <input
      ref=${files}
      class="unseen"
      type="file"
      multiple
      tabindex="-1"
      aria-hidden="true"
      onChange=${() => take(files.current)}
    />
    <input
      ref=${folder}
      class="unseen"
      type="file"
      multiple
      webkitdirectory
      tabindex="-1"
      aria-hidden="true"
      onChange=${() => take(folder.current)}
    />
  </div>`;
}

/** Which library they go to, for those who know better than the content. */
function Into() {
  const resource = useResource("libraries", shelves.libraries);
  const [value, setValue] = useState(chosen);
  const libraries = (resource.value?.libraries ?? []).filter(takesFiles);
  if (libraries.length < 2) return null;
  /** @param {string} id */
  const choose = (id) => {
    chosen = id;
    setValue(id);
  };
  return html`<div class="dropzone__into"><${Field} label=${t("upload.into")}>
    <select class="input input--select" value=${value} onChange=${typed(choose)}>
      <option value="" selected=${value === ""}>${t("upload.intoAny")}</option>
      ${libraries.map(({ id, name }) => html`<option key=${id} value=${id} selected=${value === id}>${name}</option>`)}
    </select>
  <//></div>`;
}

/** @param {Library} library */
const takesFiles = ({ folders }) => folders.some((folder) => !folder.read_only && folder.online);
