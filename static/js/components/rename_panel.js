/** Renames what is here: every change is seen before it happens, and all of it can be undone. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { when } from "../format.js";
import { useResource } from "../resource.js";
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

/** @import { RenameBatch } from "../types_library.js" */

/** How many of those done before stand there. */
const HISTORY = 8;

export function RenamePanel() {
  const working = activeJobs.value.filter((job) => job.kind === "rename");
  const history = useResource("renames", shelves.renames, working.length);
  const [batch, setBatch] = useState(/** @type {RenameBatch | null} */ (null));
  const [shown, setShown] = useState(/** @type {RenameBatch | null} */ (null));
  const done = (history.value?.renames ?? []).filter((one) => one.state !== "planned" && one.state !== "running").slice(0, HISTORY);

  /** @param {RenameBatch} one */
  const undo = async (one) => {
    try {
      putJob(await shelves.undoRename(one.id));
      toast(t("names.undoing"));
    } catch (error) {
      toastError(error);
    }
    history.reload();
  };
  /** @param {RenameBatch} one */
  const apply = async (one) => {
    try {
      putJob(await shelves.applyRename(one.id));
      setBatch(null);
      toast(t("names.started"));
    } catch (error) {
      toastError(error);
    }
    await loadJobs().catch(toastError);
  };
  const discard = async () => {
    if (!batch) return;
    setBatch(null);
    toast(t("names.discarded"));
    await shelves.dropRename(batch.id).catch(toastError);
  };
  return html`<${Panel} title=${t("names.rename")} note=${t("names.renameNote")}>
    ${working.length > 0 && html`<ul class="jobs__list">${working.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>`}
    ${!batch && !working.length && html`<${Plan} onPlanned=${setBatch} />`}
    ${batch && html`<${RenameSteps} batch=${batch}>
      ${batch.count > batch.problems && html`<button
        type="button"
        class="button button--accent"
        onClick=${() => apply(batch)}
      >${t("names.apply", { count: batch.count - batch.problems })}</button>`}
      <button type="button" class="button button--plain" onClick=${discard}>${t("names.discard")}</button>
    <//>`}
    ${done.length > 0 && html`<h3 class="panel__sub">${t("names.history")}</h3>
      <ul class="rows">${done.map((one) => html`<li key=${one.id} class="row">
        <span class=${one.state === "failed" ? "status status--degraded" : "status status--ok"}><${Icon} name=${one.state === "undone" ? "undo-2" : one.state === "failed" ? "triangle-alert" : "circle-check"} /></span>
        <span class="row__words">
          <span class="row__title">${one.title}</span>
          <span class="row__sub">${joinDots([t(`names.state.${one.state}`), t("names.batch", { count: one.count }), when(one.created_at), one.problems > 0 && t("names.troubled", { count: one.problems })])}</span>
        </span>
        <button type="button" class="button button--plain" onClick=${() => setShown(one)}>${t("names.show")}</button>
        ${one.state !== "undone" && html`<button
          type="button"
          class="button"
          disabled=${working.length > 0}
          aria-label=${t("names.undoBatch", { when: when(one.created_at) })}
          onClick=${() => undo(one)}
        ><${Icon} name="undo-2" />${t("names.undo")}</button>`}
      </li>`)}</ul>`}
    ${shown && html`<${RenameDialog} batch=${shown} onClose=${() => setShown(null)} />`}
  <//>`;
}

/** @param {{ onPlanned: (batch: RenameBatch) => void }} props */
function Plan({ onPlanned }) {
  const [library, setLibrary] = useState("");
  const [busy, setBusy] = useState(false);
  const [none, setNone] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setNone(false);
    try {
      const batch = await shelves.planRename(library ? { library_id: library } : {});
      if (batch.count) onPlanned(batch);
      else {
        setNone(true);
        await shelves.dropRename(batch.id);
      }
    } catch (error) {
      toastError(error);
    }
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
      >${name}</option>`)}
    </select>
  <//>`;
}
