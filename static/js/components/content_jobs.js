/** What was asked for: under way, or what lately came of it. Files of this page stand in its own list. */
import { html } from "htm/preact";
import { activeJobs, isActive, jobs } from "../store.js";
import { t } from "../strings.js";
import { transfers } from "../transfers.js";
import { JobRow } from "./job_row.js";

/** How long an ended job is news, ms. */
const NEWS_MS = 24 * 3_600_000;
const MOST_ENDED = 8;
const MOST_BRIEF = 3;
/** What brings something; the rest is done to what is here. */
const COMES = new Set(["download", "article", "book", "playlist", "podcast", "import"]);

/** @param {{ ended?: boolean, brief?: boolean }} props brief shows only the first few, with the way to all of them */
export function ContentJobs({ ended = false, brief = false }) {
  const since = Date.now() - NEWS_MS;
  const all = ended ? (jobs.value ?? []).filter((job) => !isActive(job) && (job.finished_at ?? 0) > since) : activeJobs.value;
  const content = all.filter((job) => job.kind !== "rip" && (brief || COMES.has(job.kind)) && !(job.kind === "import" && transfers.value.length));
  const shown = content.slice(0, brief ? MOST_BRIEF : ended ? MOST_ENDED : undefined);
  const title = ended ? t("add.lately") : t("add.underWay");
  if (!shown.length) return null;
  return html`<section class=${brief ? "jobs jobs--brief" : "jobs"} aria-label=${title}>
    <div class="jobs__bar">
      <h2 class="jobs__head">${title}</h2>
      ${content.length > shown.length && brief && html`<a
        class="shelf__more"
        href="/activity"
      >${t("activity.all")}</a>`}
    </div>
    <ul class="jobs__list">${shown.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>
  </section>`;
}
