/** What is in a drive, what will happen to it, how far it is, and one tap to change it. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { cancelJob, ejectDrive, retryJob, ripDisc } from "../actions.js";
import { said } from "../said.js";
import { announce, isActive } from "../store.js";
import { t } from "../strings.js";
import { driveTitle, jobEta, jobLine } from "../words.js";
import { DiscDialog } from "./disc_dialog.js";
import { DiscMark } from "./disc_mark.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Drive, Job } from "../types.js" */

/** @param {{ drive: Drive }} props */
export function DiscCard({ drive }) {
  const [choosing, setChoosing] = useState(false);
  const { disc, job } = drive;
  const running = job !== null && isActive(job);
  const title = driveTitle(drive);
  const line = describe(drive);

  useEffect(() => announce(`${title}. ${line}`), [title, line]);

  return html`<section class="disc" aria-label=${t("disc.region", { drive: drive.name })}>
    <${DiscMark} turning=${running || drive.state === "reading"} />
    <div class="disc__words">
      <h2 class="disc__title">${title}</h2>
      <p class=${`disc__line ${isBad(drive) ? "disc__line--bad" : ""}`}>${line}</p>
      ${disc?.review_reason && !running && html`<p class="disc__review"><${Icon} name="info" />${said(disc.review_reason)}</p>`}
      ${running && html`<${ProgressBar} value=${job.progress} />`}
    </div>
    ${running && html`<${Time} job=${job} />`}
    <div class="disc__actions">
      ${disc && drive.state === "ready" && html`<${DiscActions}
        drive=${drive}
        running=${running}
        onChoose=${() => setChoosing(true)}
      />`}
      ${running
        ? html`<button
          type="button"
          class="button button--plain"
          onClick=${() => cancelJob(job)}
        ><${Icon} name="circle-stop" />${t("job.stop")}</button>`
        : drive.state !== "reading" && html`<button
          type="button"
          class="button button--plain"
          onClick=${() => ejectDrive(drive)}
        ><${Icon} name="eject" />${t("disc.eject")}</button>`}
    </div>
    ${choosing && disc && html`<${DiscDialog} disc=${disc} running=${running} onClose=${() => setChoosing(false)} />`}
  </section>`;
}

/** @param {{ drive: Drive, running: boolean, onChoose: () => void }} props */
function DiscActions({ drive, running, onChoose }) {
  const { disc, job } = drive;
  if (!disc || (!disc.titles.length && !disc.ripped_at)) return null;
  const failed = job?.status === "failed";
  const watchable = job?.status === "done" ? job.media_ids[0] : undefined;
  const rip = failed ? () => retryJob(job) : () => ripDisc(disc, null);
  const label = failed ? t("action.tryAgain") : disc.ripped_at ? t("disc.ripAgain") : t("disc.rip");
  return html`
    ${watchable && html`<a
      class="button"
      href=${`/item/${watchable}`}
    ><${Icon} name="play" filled />${t("disc.watch")}</a>`}
    ${!running && html`<button
      type="button"
      class=${disc.ripped_at ? "button button--plain" : "button"}
      onClick=${rip}
    ><${Icon} name="disc-3" />${label}</button>`}
    <button type="button" class="button button--plain" onClick=${onChoose}>
      <${Icon} name=${running ? "pencil" : "list-checks"} />${running ? t("disc.change") : t("disc.choose")}
    </button>
  `;
}

/** @param {{ job: Job }} props */
function Time({ job }) {
  const eta = jobEta(job);
  return html`<div class="disc__time">
    ${eta ? html`<b>${eta}</b>` : html`<b>${Math.floor(job.progress)} %</b>`}
    ${job.speed && html`<span>${job.speed}</span>`}
  </div>`;
}

/** One sentence on the drive as it is now. @param {Drive} drive */
function describe(drive) {
  if (drive.state === "unreadable") return said(drive.message) ?? t("disc.unreadable");
  if (drive.job && (isActive(drive.job) || drive.job.status === "failed" || drive.job.status === "done")) return jobLine(drive.job);
  if (drive.state === "reading" || !drive.disc) return said(drive.message) ?? t("disc.reading");
  return said(drive.disc.plan);
}

/** @param {Drive} drive */
const isBad = (drive) => drive.state === "unreadable" || drive.job?.status === "failed";
