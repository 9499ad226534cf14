/** Where the media are: folders of this machine, what is in them, and what is wrong with them. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { shelves } from "../../api_library.js";
import { ErrorState } from "../../components/error_state.js";
import { FolderDialog } from "../../components/folder_dialog.js";
import { Icon } from "../../components/icon.js";
import { JobRow } from "../../components/job_row.js";
import { LibraryPanel } from "../../components/library_panel.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { navigate, place } from "../../router.js";
import { activeJobs, isAdmin, libraryRevision } from "../../store.js";
import { t } from "../../strings_library.js";
import { startScan } from "../../scans.js";
import { Panel, SettingsFrame } from "./frame.js";
import { MissingPanel } from "./missing_panel.js";

/** @import { Library } from "../../types_library.js" */

export const LibrariesView = onlyFor(isAdmin, Libraries);

function Libraries() {
  const scans = activeJobs.value.filter((job) => job.kind === "scan");
  const resource = useResource("libraries", shelves.libraries, `${libraryRevision.value}:${scans.length}`);
  const [adding, setAdding] = useState(/** @type {Library | "new" | null} */ (null));
  const asked = place.value.query.has("add");
  useEffect(() => {
    if (!asked) return;
    navigate("/settings/libraries", { replace: true, keepFocus: true });
    setAdding("new");
  }, [asked]);
  const close = () => {
    setAdding(null);
    resource.reload();
  };
  const all = resource.value?.libraries;
  const own = all?.filter((library) => !library.is_primary) ?? [];
  const builtIn = all?.filter((library) => library.is_primary) ?? [];
  return html`<${SettingsFrame} title=${t("settings.libraries")} note=${t("libraries.note")}>
    ${resource.error && !all && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!all && !resource.error && html`<${TextSkeleton} lines=${5} />`}
    ${scans.length > 0 && html`<section class="panel" aria-label=${t("libraries.scanning")}>
      <ul class="jobs__list">${scans.map((job) => html`<${JobRow} key=${job.id} job=${job} />`)}</ul>
    </section>`}
    ${all && html`
      ${own.length > 0
        ? html`<div class="panel__actions">
          <button
            type="button"
            class="button button--accent"
            onClick=${() => setAdding("new")}
          ><${Icon} name="plus" />${t("libraries.add")}</button>
          <button
            type="button"
            class="button"
            disabled=${scans.length > 0}
            onClick=${() => startScan({})}
          ><${Icon} name="refresh-cw" />${t("libraries.scanAll")}</button>
        </div>`
        : html`<section class="panel invite">
          <${Icon} name="folder" />
          <div class="invite__words">
            <h2 class="panel__title">${t("libraries.none")}</h2>
            <p class="invite__text">${t("libraries.noneText")}</p>
          </div>
          <button
            type="button"
            class="button button--accent"
            onClick=${() => setAdding("new")}
          ><${Icon} name="plus" />${t("libraries.add")}</button>
        </section>`}
      ${own.map((library) => html`<${LibraryPanel}
        key=${library.id}
        library=${library}
        onChange=${resource.reload}
        onAddFolder=${() => setAdding(library)}
      />`)}
      ${builtIn.length > 0 && html`<${BuiltIn} libraries=${builtIn} onChange=${resource.reload} />`}
      <${MissingPanel} />
    `}
    ${adding && html`<${FolderDialog} library=${adding === "new" ? null : adding} onClose=${close} />`}
  <//>`;
}

/** What the box filled itself, each kind in one folder. @param {{ libraries: Library[], onChange: () => void }} props */
function BuiltIn({ libraries, onChange }) {
  return html`<${Panel} title=${t("libraries.builtIn")} note=${t("libraries.builtInNote")}>
    <ul class="rows">${libraries.map((library) => html`<li key=${library.id}><${LibraryPanel}
      plain
      library=${library}
      onChange=${onChange}
    /></li>`)}</ul>
  <//>`;
}
