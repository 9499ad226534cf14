/** Renames what is here: every change is seen before it happens, and all of it can be undone. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { when } from "../format.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { activeJobs, isAdmin, loadJobs, putJob, toast, toastError } from "../store.js";
import { t } from "../strings_library.js";
import { typed } from "../typed.js";
import { Panel } from "../views/settings/frame.js";
import { joinDots } from "../words.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";
import { JobRow } from "./job_row.js";
import { RenameDialog } from "./rename_dialog.js";
import { RenameSteps } from "./rename_steps.js";

/** @import { Children, Job } from "../types.js" */
/** @import { RenameBatch } from "../types_library.js" */

/** How many of those done before stand there. */
const HISTORY = 8;

export function RenamePanel() {
  const working = activeJobs.value.filter((job) => job.kind === "rename");
  const history = useResource("renames", shelves.renames, working.length);
  const [shown, setShown] = useState(/** @type {RenameBatch | null} */ (null));
  const all = history.value?.renames ?? [];
  const plans = all.filter((one) => one.state === "planned" && one.count > 0);
  const [asked, setAsked] = useState(/** @type {string | null} */ (null));
  const plan = plans.find((one) => one.id === asked) ?? plans[0];
  const none = all.some((one) => one.id === asked && one.state === "planned" && one.count === 0);
  const done = all.filter((one) => !["planning", "planned", "running"].includes(one.state)).slice(0, HISTORY);

  /** Shows a job that was queued; it may be over by now. @param {() => Promise<Job>} start @param {string} [said] */
  const begin = async (start, said) => {
    try {
      putJob(await start());
      if (said) toast(said);
      await loadJobs();
    } catch (error) {
      toastError(error);
    }
    history.reload();
  };
  /** @param {{ library_id?: string }} what */
  const ask = (what) =>
    begin(async () => {
      const answer = await shelves.planRename(what);
      setAsked(answer.rename.id);
      return answer.job;
    });
  /** @param {RenameBatch} one */
  const discard = async (one) => {
    history.set({ renames: all.filter((other) => other.id !== one.id) });
    toast(t("names.discarded"));
    await shelves.dropRename(one.id).catch(toastError);
  };
  return html`<${Panel} title=${t("names.rename")} note=${t("names.renameNote")}>
    ${working.length > 0 && html`<ul class="jobs__list">${working.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>`}
    ${!plan && !working.length && html`<${Plan} none=${none} onAsk=${ask} />`}
    ${plan && !working.length && html`<h3 class="panel__sub">${plan.title}</h3>
      <${RenameSteps} key=${plan.id} batch=${plan}>
        ${plan.count > plan.problems && html`<button
          type="button"
          class="button button--accent"
          onClick=${() => begin(() => shelves.applyRename(plan.id), t("names.started"))}
        >${t("names.apply", { count: plan.count - plan.problems })}</button>`}
        <button type="button" class="button button--plain" onClick=${() => discard(plan)}>${t("names.discard")}</button>
      <//>`}
    ${plans.length > 1 && !working.length && html`<h3 class="panel__sub">${t("names.otherPlans")}</h3>
      <ul class="rows">${plans.filter((one) => one !== plan).map((one) => html`<${Batch} key=${one.id} batch=${one} onShow=${() => setAsked(one.id)}>
        <button type="button" class="button button--plain" onClick=${() => discard(one)}>${t("names.discard")}</button>
      <//>`)}</ul>`}
    ${done.length > 0 && html`<h3 class="panel__sub">${t("names.history")}</h3>
      <ul class="rows">${done.map((one) => html`<${Batch} key=${one.id} batch=${one} onShow=${() => setShown(one)}>
        ${one.state !== "undone" && html`<button
          type="button"
          class="button"
          disabled=${working.length > 0}
          aria-label=${t("names.undoBatch", { when: when(one.created_at) })}
          onClick=${() => begin(() => shelves.undoRename(one.id), t("names.undoing"))}
        ><${Icon} name="undo-2" />${t("names.undo")}</button>`}
      <//>`)}</ul>`}
    ${shown && html`<${RenameDialog} batch=${shown} onClose=${() => setShown(null)} />`}
  <//>`;
}

const MARKS = /** @type {Record<string, string>} */ ({ planned: "pencil", undone: "undo-2", failed: "triangle-alert" });

/** One that was planned or done before. @param {{ batch: RenameBatch, onShow: () => void, children: Children }} props */
function Batch({ batch: { state, title, count, problems, created_at }, onShow, children }) {
  return html`<li class="row">
    <span class=${`status status--${state === "failed" ? "degraded" : "ok"}`}><${Icon} name=${MARKS[state] ?? "circle-check"} /></span>
    <span class="row__words">
      <span class="row__title">${title}</span>
      <span class="row__sub">${joinDots([t(`names.state.${state}`), t("names.batch", { count }), when(created_at), problems > 0 && t("names.troubled", { count: problems })])}</span>
    </span>
    <button type="button" class="button button--plain" onClick=${onShow}>${t("names.show")}</button>
    ${children}
  </li>`;
}

/** @param {{ none: boolean, onAsk: (what: { library_id?: string }) => Promise<void> }} props `none` if the last plan had nothing in it */
function Plan({ none, onAsk }) {
  const [library, setLibrary] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    await onAsk(library ? { library_id: library } : {});
    setBusy(false);
  };
  return html`<form class="form form--inline" onSubmit=${submit}>
    ${isAdmin.value && html`<${Which} value=${library} onChange=${setLibrary} />`}
    <button type="submit" class="button" disabled=${busy}>${t(busy ? "names.planning" : "names.plan")}</button>
    ${none && html`<p class="form__note" role="status">${t("names.nothing")}</p>`}
  </form>`;
}

/** @param {{ value: string, onChange: (id: string) => void }} props */
function Which({ value, onChange }) {
  const resource = useResource("libraries", shelves.libraries);
  return html`<${Field} label=${t("names.which")}>
    <select class="input input--select" value=${value} onChange=${typed(onChange)}>
      <option value="">${t("names.whichAll")}</option>
      ${resource.value?.libraries.filter((one) => one.folders.some((folder) => !folder.read_only)).map(({ id, name }) => html`<option
        key=${id}
        value=${id}
        selected=${id === value}
      >${said(name)}</option>`)}
    </select>
  <//>`;
}
