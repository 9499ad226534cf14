/** Every change of a renaming: the old path above the new one, a part of the list at a time; or only what cannot be. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { toastError } from "../store.js";
import { t } from "../strings_library.js";
import { joinDots } from "../words.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";
import { PathChange } from "./path_change.js";
import { TextSkeleton } from "./skeleton.js";
import { Switch } from "./switch.js";

/** @import { Children } from "../types.js" */
/** @import { RenameBatch, RenameStep } from "../types_library.js" */

/** @param {{ batch: RenameBatch, children?: Children }} props `children` is what can be done with it */
export function RenameSteps({ batch, children }) {
  const [troubled, setTroubled] = useState(false);
  const { id, state, count, unchanged, problems } = batch;
  const query = troubled ? { problems: "true" } : {};
  const resource = useResource(`rename:${id}:${state}:${troubled}`, (options) => shelves.rename(id, query, options));
  const page = useMore(resource.value, (cursor) => shelves.rename(id, { ...query, cursor }));
  return html`<div class="renames">
    <p class="renames__sum" role="status">${joinDots([
      t(state === "planned" ? "names.planned" : "names.batch", { count }), unchanged > 0 && t("names.unchanged", { count: unchanged }),
      problems > 0 && t("names.troubled", { count: problems }),
    ])}</p>
    ${children && html`<div class="panel__actions">${children}</div>`}
    ${problems > 0 && problems < count && html`<${Switch} label=${t("names.onlyTroubled")} checked=${troubled} onChange=${setTroubled} />`}
    ${resource.error && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} />`}
    <ul class="rows">${page.steps.map((step, index) => html`<${Step} key=${`${step.media_id}:${step.from}:${index}`} step=${step} />`)}</ul>
    ${page.next && html`<button
      type="button"
      class="button button--plain button--wide"
      disabled=${page.busy}
      onClick=${page.more}
    >${t("names.more")}</button>`}
  </div>`;
}

/**
 * The first part of the list, and those that were asked for since.
 * @param {RenameBatch | undefined} first @param {(cursor: string) => Promise<RenameBatch>} load
 */
function useMore(first, load) {
  const [parts, setParts] = useState(/** @type {RenameBatch[]} */ ([]));
  const [busy, setBusy] = useState(false);
  useEffect(() => setParts([]), [first]);
  const next = (parts.at(-1) ?? first)?.next ?? null;
  const more = async () => {
    if (next === null) return;
    setBusy(true);
    try {
      const part = await load(next);
      setParts((known) => [...known, part]);
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return { steps: [first, ...parts].flatMap((part) => part?.steps ?? []), next, busy, more };
}

/** @param {{ step: RenameStep }} props */
function Step({ step: { from, to, problem } }) {
  return html`<li class="row row--top">
    ${problem && html`<span class="status status--degraded"><${Icon} name="triangle-alert" /></span>`}
    <span class="row__words">
      <${PathChange} from=${from} to=${to} />
      ${problem && html`<span class="row__hint">${said(problem)}</span>`}
    </span>
  </li>`;
}
