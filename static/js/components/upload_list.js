/** Files on their way into the library, and what became of them. */
import { html } from "htm/preact";
import { duration, size } from "../format.js";
import { said } from "../said.js";
import { t } from "../strings_library.js";
import { transfers } from "../transfers.js";
import { overview } from "../upload_overview.js";
import { dropEnded, dropTransfer, pauseAll, pauseTransfer, resumeAll, resumeTransfer } from "../uploads.js";
import { joinDots } from "../words.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Transfer } from "../transfers.js" */

/** @param {{ most?: number }} props how many rows there are at most */
export function UploadList({ most = 24 }) {
  if (!transfers.value.length) return null;
  const all = overview(transfers.value, most);
  const { count, there, bad, sent, speed, secondsLeft, active, paused, shown, hidden } = all;
  const sum = [
    count > 1 && t("upload.sum", { there, count }), active && t("upload.sent", { sent: size(sent), size: size(all.size) }),
    speed && t("upload.speed", { size: size(speed) }), secondsLeft !== null && active && t("time.left", { time: duration(Math.max(1, secondsLeft)) }),
    bad > 0 && count > 1 && t("upload.failed", { count: bad }),
  ];
  return html`<section class="jobs uploads" aria-label=${t("upload.title")}>
    <div class="uploads__head">
      <h2 class="jobs__head">${t("upload.title")}</h2>
      <p class="uploads__sum">${joinDots(sum)}</p>
      ${active && html`<button
        type="button"
        class="button button--plain"
        onClick=${pauseAll}
      ><${Icon} name="pause" />${t("upload.pauseAll")}</button>`}
      ${!active && paused && html`<button
        type="button"
        class="button button--plain"
        onClick=${resumeAll}
      ><${Icon} name="play" />${t("upload.resumeAll")}</button>`}
      ${!active && there + bad > 0 && html`<button
        type="button"
        class="button button--plain"
        onClick=${dropEnded}
      >${t("upload.clear")}</button>`}
    </div>
    ${active && count > 1 && html`<${ProgressBar} value=${(sent / (all.size || 1)) * 100} />`}
    <ul class="jobs__list">${shown.map((one) => html`<${Row} key=${one.id} one=${one} />`)}</ul>
    ${hidden > 0 && html`<p class="uploads__more">${t("upload.hidden", { count: hidden })}</p>`}
  </section>`;
}

const MARKS = {
  waiting: "hourglass", sending: "upload", away: "triangle-alert", paused: "pause", arriving: "activity", done: "circle-check",
  bad: "circle-alert",
};
const LOOKS = { waiting: "queued", sending: "queued", away: "queued", paused: "cancelled", arriving: "queued", done: "done", bad: "failed" };

/** @param {{ one: Transfer }} props */
function Row({ one }) {
  const { id, name, folder, state, href, again } = one;
  const moves = state === "sending" || state === "away" || (state === "paused" && one.sent > 0);
  return html`<li class=${`job job--${LOOKS[state]}`}>
    <span class="job__mark"><${Icon} name=${MARKS[state]} /></span>
    <div class="job__words">
      ${folder && html`<span class="uploads__folder">${folder}</span>`}
      ${href ? html`<a class="job__title" href=${href}>${name}</a>` : html`<span class="job__title">${name}</span>`}
      <p class="job__line" role=${state === "bad" ? "alert" : undefined}>${line(one)}</p>
      ${moves && html`<${ProgressBar} value=${(one.sent / (one.size || 1)) * 100} />`}
    </div>
    <div class="uploads__ways">
      ${(state === "sending" || state === "away" || state === "waiting") && html`<${IconButton}
        icon="pause"
        label=${t("upload.pause", { name })}
        onClick=${() => pauseTransfer(id)}
      />`}
      ${state === "paused" && html`<${IconButton}
        icon="play"
        label=${t("upload.resume", { name })}
        onClick=${() => resumeTransfer(id)}
      />`}
      ${state === "bad" && again && html`<${IconButton}
        icon="refresh-cw"
        label=${t("upload.again", { name })}
        onClick=${() => resumeTransfer(id)}
      />`}
      ${state !== "arriving" && html`<${IconButton}
        icon="x"
        label=${t(state === "done" || state === "bad" ? "upload.dismiss" : "upload.drop", { name })}
        onClick=${() => dropTransfer(id)}
      />`}
    </div>
  </li>`;
}

/** @param {Transfer} one */
function line({ state, message, sent, size: whole, speed }) {
  const part = { sent: size(sent), size: size(whole) };
  if (state === "waiting") return t("upload.waiting");
  if (state === "paused") return t("upload.paused", part);
  if (state === "arriving") return t("upload.arriving");
  if (state === "done") return said(message) ?? t("upload.done");
  if (state === "away") return said(message) || t("upload.away");
  if (state === "bad") return said(message) ?? t("error.unexpected");
  if (!sent && speed === null) return t("upload.starting");
  const left = speed ? t("time.left", { time: duration(Math.max(1, (whole - sent) / speed)) }) : null;
  return joinDots([t("upload.sent", part), speed && t("upload.speed", { size: size(speed) }), left]);
}
