/** What an identification would change: facts, episodes, names of files. What was set by hand is marked and stays. */
import { html } from "htm/preact";
import { t } from "../strings_works.js";
import { fieldName, pathChange, valueText } from "../work_words.js";
import { Icon } from "./icon.js";

/** @import { Change, Preview } from "../types_works.js" */

/** @param {{ preview: Preview }} props */
export function ChangeList({ preview }) {
  const { changes, episodes, paths } = preview;
  if (!changes.length && !episodes.length && !paths.length) return html`<p class="form__note">${t("identify.nothing")}</p>`;
  return html`
    ${changes.length > 0 && html`<section class="changes">
      <h3 class="changes__title">${t("identify.facts")}</h3>
      <dl class="changes__list">${changes.map((change) => html`<${Row} key=${change.field} change=${change} />`)}</dl>
    </section>`}
    ${episodes.length > 0 && html`<section class="changes">
      <h3 class="changes__title">${t("identify.episodes")}</h3>
      <ul class="changes__list">${episodes.map((one) => html`<li key=${one.media_id} class="changes__row changes__row--plain">
        <${FromTo} from=${one.from ?? ""} to=${one.to ?? ""} />
      </li>`)}</ul>
    </section>`}
    ${paths.length > 0 && html`<section class="changes">
      <h3 class="changes__title">${t("identify.paths")}</h3>
      <ul class="changes__list">${paths.map((one) => html`<${PathRow} key=${one.from} from=${one.from} to=${one.to} />`)}</ul>
    </section>`}`;
}

/** @param {{ change: Change }} props */
function Row({ change }) {
  return html`<div class=${`changes__row ${change.locked ? "changes__row--locked" : ""}`}>
    <dt class="changes__field">${fieldName(change.field)}</dt>
    <dd class="changes__values">
      <${FromTo} from=${valueText(change.from)} to=${valueText(change.to)} />
      ${change.locked && html`<span class="changes__lock"><${Icon} name="lock" />${t("identify.locked")}</span>`}
    </dd>
  </div>`;
}

/** @param {{ from: string, to: string }} props */
function PathRow({ from, to }) {
  const parts = pathChange(from, to);
  return html`<li class="changes__row changes__row--plain">
    ${parts.same && html`<span class="changes__same">${parts.same}/</span>`}
    <${FromTo} from=${parts.from} to=${parts.to} isPath />
  </li>`;
}

/** @param {{ from: string, to: string, isPath?: boolean }} props */
export function FromTo({ from, to, isPath = false }) {
  if (!from && to) return html`<ins class="from-to__to">${to}</ins>`;
  return html`<span class=${`from-to ${isPath ? "from-to--path" : ""}`}>
    <del class="from-to__from">${from || t("identify.empty")}</del>
    <${Icon} name="chevron-right" />
    <ins class="from-to__to">${to || t("identify.empty")}</ins>
  </span>`;
}
