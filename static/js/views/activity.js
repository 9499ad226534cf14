/** All jobs: under way, done, failed. */
import { html } from "htm/preact";
import { JobList } from "../components/job_list.js";
import { Viewers } from "../components/viewers.js";
import { PageHead } from "../components/page_head.js";
import { mayRip } from "../store.js";
import { t } from "../strings.js";
import { NotFoundView } from "./not_found.js";

export function ActivityView() {
  if (!mayRip.value) return html`<${NotFoundView} />`;
  return html`<${PageHead} title=${t("activity.title")} /><div class="section section--narrow"><${Viewers} /><${JobList} /></div>`;
}
