/** One job: stage, speed, time left, and what can be done about it. */
import { html } from "htm/preact";
import { cancelJob, retryJob } from "../actions.js";
import { percent, when } from "../format.js";
import { isActive } from "../store.js";
import { t } from "../strings.js";
import { isRunning, jobEta, jobLine, jobTitle } from "../words.js";
import { DiscMark } from "./disc_mark.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { ProgressBar } from "./progress_bar.js";
import { ProgressRing } from "./progress_ring.js";

/** @import { Job } from "../types.js" */

/** @param {{ job: Job }} props */
export function JobRow({ job }) {
  const active = isActive(job);
  const eta = jobEta(job);
  const facts = active
    ? [isRunning(job) && percent(job.progress), eta && t("time.left", { time: eta }), job.speed]
    : [job.finished_at && when(job.finished_at), job.attempts > 1 && t("job.attempts", { count: job.attempts })];
  return html`<li class=${`job job--${job.status}`}>
    <${Mark} job=${job} />
    <div class="job__words">
      <a
        class="job__title"
        href=${job.status === "done" && job.media_ids.length === 1 ? `/item/${job.media_ids[0]}` : `/activity/${job.id}`}
      >${jobTitle(job)}</a>
      <p class="job__line">${jobLine(job)}</p>
      ${isRunning(job) && html`<${ProgressBar} value=${job.progress} />`}
      <p class="job__facts">${facts.filter(Boolean).map((fact) => html`<span>${fact}</span>`)}</p>
    </div>
    ${active && html`<${IconButton}
      icon="x"
      label=${t("job.stopTitle", { title: jobTitle(job) })}
      onClick=${() => cancelJob(job)}
    />`}
    ${(job.status === "failed" || job.status === "cancelled") &&
    html`<${IconButton}
      icon="refresh-cw"
      label=${t("job.retryTitle", { title: jobTitle(job) })}
      onClick=${() => retryJob(job)}
    />`}
  </li>`;
}

const MARKS = /** @type {Record<string, string>} */ ({ done: "circle-check", failed: "circle-alert", cancelled: "circle-stop" });
const KINDS = {
  rip: "disc-3", download: "square-play", article: "file-text", book: "book", playlist: "list-video", podcast: "mic",
  scan: "scan-search", import: "upload", identify: "search", rename: "pencil", tags: "music", loudness: "volume-2",
};

/** A disc turns while it is ripped; what comes from the web has a ring that fills. @param {{ job: Job }} props */
function Mark({ job }) {
  if (!isActive(job)) return html`<span class="job__mark"><${Icon} name=${MARKS[job.status] ?? "disc-3"} /></span>`;
  if (job.kind === "rip") return html`<${DiscMark} turning=${job.status === "encoding"} />`;
  return html`<span class="job__mark">
    <${ProgressRing} value=${isRunning(job) ? job.progress : null} /><${Icon} name=${job.retry_at ? "hourglass" : KINDS[job.kind]} />
  </span>`;
}
