/** What was asked for on the add page: under way, and what lately came of it. */
import { html } from "htm/preact";
import { isActive, jobs } from "../store.js";
import { t } from "../strings.js";
import { JobRow } from "./job_row.js";

/** How long an ended job is news, ms. */
const NEWS_MS = 24 * 3_600_000;
const MOST = 8;

export function ContentJobs() {
  const content = (jobs.value ?? []).filter((job) => job.kind !== "rip");
  const active = content.filter(isActive);
  const since = Date.now() - NEWS_MS;
  const ended = content.filter((job) => !isActive(job) && (job.finished_at ?? 0) > since).slice(0, MOST);
  return html`
    ${active.length > 0 && html`<section class="jobs" aria-label=${t("add.underWay")}>
      <h2 class="jobs__head">${t("add.underWay")}</h2>
      <ul class="jobs__list">${active.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>
    </section>`}
    ${ended.length > 0 && html`<section class="jobs" aria-label=${t("add.lately")}>
      <h2 class="jobs__head">${t("add.lately")}</h2>
      <ul class="jobs__list">${ended.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>
    </section>`}
  `;
}
