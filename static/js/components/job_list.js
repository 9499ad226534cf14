/** Everything the box does and did: under way first, then what ended. */
import { html } from "htm/preact";
import { activeJobs, isActive, jobs } from "../store.js";
import { t } from "../strings.js";
import { EmptyState } from "./empty_state.js";
import { JobRow } from "./job_row.js";
import { TextSkeleton } from "./skeleton.js";

/** @param {{ limit?: number }} props how many ended jobs to show */
export function JobList({ limit = 40 }) {
  if (jobs.value === null) return html`<${TextSkeleton} lines=${4} />`;
  const ended = jobs.value.filter((job) => !isActive(job)).slice(0, limit);
  if (!jobs.value.length) return html`<${EmptyState}
    icon="disc-3"
    title=${t("activity.emptyTitle")}
    text=${t("activity.empty")}
  />`;
  return html`
    <section class="jobs" aria-label=${t("activity.now")}>
      <h2 class="jobs__head">${t("activity.now")}</h2>
      ${activeJobs.value.length
        ? html`<ul class="jobs__list">${activeJobs.value.map((job) => html`<${JobRow}
          key=${job.id}
          job=${job}
        />`)}</ul>`
        : html`<p class="jobs__none">${t("activity.none")}</p>`}
    </section>
    ${ended.length > 0 &&
    html`<section class="jobs" aria-label=${t("activity.recent")}>
      <h2 class="jobs__head">${t("activity.recent")}</h2>
      <ul class="jobs__list">${ended.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>
    </section>`}
  `;
}
