/** Files and whole folders from this device: dropped anywhere, or chosen here. */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { folderOf } from "../dropped_files.js";
import { filesIn } from "../dropped_folders.js";
import { size } from "../format.js";
import { said } from "../said.js";
import { announce, toast } from "../store.js";
import { t } from "../strings_library.js";
import { typed } from "../typed.js";
import { arrivals, takeFiles, watchArrivals } from "../uploads.js";
import { meantBy, recallInto, rememberInto } from "../upload_into.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** @import { Handed } from "../arrivals.js" */
/** @import { OpenLibrary } from "../types_library.js" */

const STEP = 200;

/** A drop that waits for somebody to say which library is meant.
 *  @typedef {{ libraries: OpenLibrary[], answer: (library: string | null) => void }} Question */
const asked = signal(/** @type {Question | null} */ (null));

/** Where files go that are chosen here. "" lets their content decide. */
const chosen = () => recallInto(localStorage, "any", arrivals.value?.libraries ?? []) ?? "";

/** Where a drop goes, null if nobody wants it to go anywhere. @param {string} path @returns {Promise<string | null>} */
async function intoOf(path) {
  const open = (await shelves.uploads()).libraries;
  const { kind, libraries } = meantBy(path, open);
  if (!kind) return recallInto(localStorage, "any", open) ?? "";
  if (libraries.length < 2) return libraries[0]?.id ?? "";
  const known = recallInto(localStorage, kind, libraries);
  if (known) return known;
  const answer = await new Promise((/** @type {(library: string | null) => void} */ done) => {
    asked.value = { libraries, answer: done };
  });
  asked.value = null;
  if (answer) rememberInto(localStorage, kind, answer);
  return answer;
}

/** Files and folders that were let go over the window. @param {Handed} dropped */
export async function takeDropped({ files, entries, path = "", library: exact }) {
  const library = exact ?? (await intoOf(path));
  if (library === null) return undefined;
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
    takeFiles(found, { library: chosen() });
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
    <${Into} />
    ${asked.value && html`<${WhichLibrary} question=${asked.value} />`}
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
  const [, redraw] = useState(0);
  const libraries = arrivals.value?.libraries ?? [];
  const value = chosen();
  if (libraries.length < 2) return null;
  /** @param {string} id */
  const choose = (id) => {
    const library = libraries.find((one) => one.id === id);
    rememberInto(localStorage, "any", id);
    if (library) rememberInto(localStorage, library.kind, id);
    redraw((count) => count + 1);
  };
  return html`<div class="dropzone__into"><${Field} label=${t("upload.into")}>
    <select class="input input--select" value=${value} onChange=${typed(choose)}>
      <option value="" selected=${value === ""}>${t("upload.intoAny")}</option>
      ${libraries.map(({ id, name }) => html`<option key=${id} value=${id} selected=${value === id}>${said(name)}</option>`)}
    </select>
  <//></div>`;
}

/** Asks once for each kind; from then on it is known on this device. @param {{ question: Question }} props */
function WhichLibrary({ question }) {
  return html`<${Dialog} title=${t("upload.which")} onClose=${() => question.answer(null)}>
    <div class="dialog__body">
      <div class="dropzone__libraries">${question.libraries.map(({ id, name }) => html`<button
        key=${id}
        type="button"
        class="button"
        onClick=${() => question.answer(id)}
      >${said(name)}</button>`)}</div>
      <p class="form__note">${t("upload.whichNote")}</p>
    </div>
  <//>`;
}
