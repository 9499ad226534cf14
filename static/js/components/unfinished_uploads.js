/** What was begun to be sent before this page was loaded: the same file, chosen again, goes on. */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { size } from "../format.js";
import { useLeaving } from "../leaving.js";
import { toast } from "../store.js";
import { t } from "../strings_library.js";
import { t as words } from "../strings_undo.js";
import { arrivalRevision, transfers } from "../transfers.js";
import { addressOf, arrivals, arrivalsHere, giveUp, takeFiles } from "../uploads.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Arrival } from "../types_library.js" */

export function UnfinishedUploads() {
  const here = transfers.value.length ? arrivalsHere() : new Set();
  const leaving = useLeaving();
  const left = (arrivals.value?.uploads ?? []).filter((one) => one.state === "receiving" && !here.has(one.id) && !leaving.has(one.id));
  if (!left.length) return null;
  /** @param {Arrival} one */
  const drop = ({ id, name }) =>
    leaving.park(id, words("parked.upload", { name }), () => giveUp(addressOf(id)), () => (arrivalRevision.value += 1));
  return html`<section class="jobs" aria-label=${t("upload.unfinished")}>
    <h2 class="jobs__head">${t("upload.unfinished")}</h2>
    <p class="uploads__sum">${t("upload.unfinishedNote")}</p>
    <ul class="jobs__list">${left.slice(0, 12).map((one) => html`<${Row}
      key=${one.id}
      arrival=${one}
      onDrop=${() => drop(one)}
    />`)}</ul>
    ${left.length > 12 && html`<p class="uploads__more">${t("upload.hidden", { count: left.length - 12 })}</p>`}
  </section>`;
}

/** @param {{ arrival: Arrival, onDrop: () => void }} props */
function Row({ arrival: { id, name, folder, size_bytes, offset }, onDrop }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const take = () => {
    const file = input.current?.files?.[0];
    if (input.current) input.current.value = "";
    if (!file) return;
    if (file.size !== size_bytes) return toast(t("upload.notTheSame", { name, size: size(size_bytes) }), { tone: "bad" });
    takeFiles([{ file, folder: folder ?? "" }], { address: addressOf(id) });
  };
  return html`<li class="job job--cancelled">
    <span class="job__mark"><${Icon} name="pause" /></span>
    <div class="job__words">
      ${folder && html`<span class="uploads__folder">${folder}</span>`}
      <span class="job__title">${name}</span>
      <p class="job__line">${t("upload.sent", { sent: size(offset), size: size(size_bytes) })}</p>
      <${ProgressBar} value=${(offset / (size_bytes || 1)) * 100} />
      <button
        type="button"
        class="button uploads__again"
        aria-label=${t("upload.chooseAgainName", { name })}
        onClick=${() => input.current?.click()}
      >${t("upload.chooseAgain")}</button>
    </div>
    <input ref=${input} class="unseen" type="file" tabindex="-1" aria-hidden="true" onChange=${take} />
    <${IconButton} icon="x" label=${t("upload.drop", { name })} onClick=${onDrop} />
  </li>`;
}
