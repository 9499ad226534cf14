/** Files on their way into the library, and what became of them. */
import { html } from "htm/preact";
import { percent } from "../format.js";
import { t } from "../strings.js";
import { dismissUpload, uploads } from "../uploads.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Upload } from "../uploads.js" */

export function UploadList() {
  if (!uploads.value.length) return null;
  return html`<section class="jobs" aria-label=${t("upload.title")}>
    <h2 class="jobs__head">${t("upload.title")}</h2>
    <ul class="jobs__list">${uploads.value.map((upload) => html`<${Row} key=${upload.id} upload=${upload} />`)}</ul>
  </section>`;
}

const MARKS = { sending: "upload", done: "circle-check", bad: "circle-alert" };
const LOOKS = { sending: "queued", done: "done", bad: "failed" };

/** @param {{ upload: Upload }} props */
function Row({ upload }) {
  const { id, name, state, message, href, fraction } = upload;
  return html`<li class=${`job job--${LOOKS[state]}`}>
    <span class="job__mark"><${Icon} name=${MARKS[state]} /></span>
    <div class="job__words">
      ${href ? html`<a class="job__title" href=${href}>${name}</a>` : html`<span class="job__title">${name}</span>`}
      <p
        class="job__line"
        role=${state === "bad" ? "alert" : undefined}
      >${message ?? t("upload.sending", { percent: percent((fraction ?? 0) * 100) })}</p>
      ${state === "sending" && html`<${ProgressBar} value=${(fraction ?? 0) * 100} />`}
    </div>
    ${state !== "sending" && html`<${IconButton}
      icon="x"
      label=${t("action.dismiss")}
      onClick=${() => dismissUpload(id)}
    />`}
  </li>`;
}
