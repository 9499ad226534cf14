/** One job with the last lines of its tool. */
import { html } from "htm/preact";
import { cancelJob, retryJob } from "../actions.js";
import { api } from "../api.js";
import { ErrorState } from "../components/error_state.js";
import { Facts } from "../components/facts.js";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { ProgressBar } from "../components/progress_bar.js";
import { TextSkeleton } from "../components/skeleton.js";
import { duration, percent, when } from "../format.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { isActive, jobs } from "../store.js";
import { t } from "../strings.js";
import { isRunning, jobEta, jobLine, jobTitle } from "../words.js";

/** @import { Job } from "../types.js" */

export function JobView() {
  const id = place.value.params.id ?? "";
  const live = jobs.value?.find((job) => job.id === id);
  const resource = useResource(`job:${id}`, (options) => api.job(id, options), live?.status);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<div class="section"><${TextSkeleton} /></div>`;
  const job = { ...resource.value.job, ...live, tool_output: resource.value.job.tool_output };
  const eta = jobEta(job);
  const output = job.tool_output ?? [];
  return html`
    <${PageHead} title=${jobTitle(job)}>
      ${isActive(job) && html`<button
        type="button"
        class="button button--plain"
        onClick=${() => cancelJob(job)}
      ><${Icon} name="circle-stop" />${t("job.stop")}</button>`}
      ${(job.status === "failed" || job.status === "cancelled") && html`<button
        type="button"
        class="button"
        onClick=${() => retryJob(job)}
      ><${Icon} name="refresh-cw" />${t("action.tryAgain")}</button>`}
    <//>
    <div class="section section--narrow">
      <p class=${`job__line job__line--lead ${job.status === "failed" ? "job__line--bad" : ""}`}>${jobLine(job)}</p>
      ${isRunning(job) && html`<${ProgressBar} value=${job.progress} />`}
      <${Facts} facts=${facts(job, eta)} />
      ${job.media_ids.map((media) => html`<a
        key=${media}
        class="button button--plain"
        href=${`/item/${media}`}
      >${job.kind === "rip" ? html`<${Icon} name="play" filled />${t("disc.watch")}` : t("add.open")}</a>`)}
      ${output.length > 0 && html`<h2 class="section__head">${t("job.output")}</h2><pre
        class="output"
        tabindex="0"
        aria-label=${t("job.output")}
      >${output.join("\n")}</pre>`}
    </div>
  `;
}

/** @param {Job} job @param {string | null} eta @returns {[string, import("../types.js").Children][]} */
function facts(job, eta) {
  const took = job.started_at && job.finished_at ? duration((job.finished_at - job.started_at) / 1000) : null;
  return [
    [t("job.source"), job.url ? html`<span class="facts__path">${job.url}</span>` : null],
    [t("job.progress"), isRunning(job) ? percent(job.progress) : null],
    [t("job.timeLeft"), eta],
    [t("job.speed"), isActive(job) ? job.speed : null],
    [t("job.began"), job.started_at ? when(job.started_at) : null],
    [t("job.ended"), job.finished_at ? when(job.finished_at) : null],
    [t("job.took"), took],
    [t("job.tries"), job.attempts > 1 ? String(job.attempts) : null],
  ];
}
