/** What was asked for on the add page: under way, and what lately came of it. */
import { html } from "htm/preact";
import { activeJobs, isActive, jobs } from "../store.js";
import { t } from "../strings.js";
import { JobRow } from "./job_row.js";

/** How long an ended job is news, ms. */
const NEWS_MS = 24 * 3_600_000;
const MOST = 8;

/** @param {{ ended?: boolean }} props */
export function ContentJobs({ ended = false }) {
  const since = Date.now() - NEWS_MS;
  const all = ended ? (jobs.value ?? []).filter((job) => !isActive(job) && (job.finished_at ?? 0) > since) : activeJobs.value;
  const shown = all.filter((job) => job.kind !== "rip").slice(0, ended ? MOST : undefined);
  const title = ended ? t("add.lately") : t("add.underWay");
  if (!shown.length) return null;
  return html`<section class="jobs" aria-label=${title}>
    <h2 class="jobs__head">${title}</h2>
    <ul class="jobs__list">${shown.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>
  </section>`;
}
