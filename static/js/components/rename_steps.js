/** Every change of a renaming: the old path above the new one, a part of the list at a time. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { toastError } from "../store.js";
import { t } from "../strings_library.js";
import { joinDots } from "../words.js";
import { Icon } from "./icon.js";
import { PathChange } from "./path_change.js";

/** @import { Children } from "../types.js" */
/** @import { RenameBatch, RenameStep } from "../types_library.js" */

/** @param {{ batch: RenameBatch, children?: Children }} props `children` is what can be done with it */
export function RenameSteps({ batch, children }) {
  const [steps, setSteps] = useState(batch.steps ?? []);
  const [next, setNext] = useState(batch.next ?? null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setSteps(batch.steps ?? []);
    setNext(batch.next ?? null);
  }, [batch]);
  const more = async () => {
    setBusy(true);
    try {
      const answer = await shelves.rename(batch.id, { cursor: next });
      setSteps((known) => [...known, ...(answer.steps ?? [])]);
      setNext(answer.next ?? null);
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  const { count, unchanged, problems } = batch;
  const planned = batch.state === "planned";
  return html`<div class="renames">
    <p class="renames__sum" role="status">${joinDots([
      t(planned ? "names.planned" : "names.batch", { count }), unchanged > 0 && t("names.unchanged", { count: unchanged }),
      problems > 0 && t("names.troubled", { count: problems }),
    ])}</p>
    ${children && html`<div class="panel__actions">${children}</div>`}
    <ul class="rows">${steps.map((step, index) => html`<${Step} key=${`${step.media_id}:${step.from}:${index}`} step=${step} />`)}</ul>
    ${next && html`<button
      type="button"
      class="button button--plain button--wide"
      disabled=${busy}
      onClick=${more}
    >${t("names.more")}</button>`}
  </div>`;
}

/** @param {{ step: RenameStep }} props */
function Step({ step: { from, to, problem } }) {
  return html`<li class="row row--top">
    ${problem && html`<span class="status status--degraded"><${Icon} name="triangle-alert" /></span>`}
    <span class="row__words">
      <${PathChange} from=${from} to=${to} />
      ${problem && html`<span class="row__hint">${problem}</span>`}
    </span>
  </li>`;
}
