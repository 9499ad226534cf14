/** One library: its folders, how they are, and what can be done to them. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { when } from "../format.js";
import { said } from "../said.js";
import { startScan } from "../scans.js";
import { libraryRevision, toastError } from "../store.js";
import { t } from "../strings_library.js";
import { changeWithUndo, undoable } from "../undoing.js";
import { joinDots } from "../words.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { NameDialog } from "./name_dialog.js";
import { Popover, PopoverAction } from "./popover.js";
import { ProblemsDialog } from "./problems_dialog.js";
import { Switch } from "./switch.js";

/** @import { Library, LibraryFolder } from "../types_library.js" */

export const LIBRARY_ICONS = /** @type {Record<string, string>} */ ({
  movies: "film", shows: "tv", music: "music", videos: "globe", podcasts: "mic", articles: "file-text", books: "book", home: "images",
  mixed: "library",
});

/** @param {string} kind */
export const kindLabel = (kind) => t(/** @type {"libraries.kind.mixed"} */ (`libraries.kind.${kind}`));

/** @param {{ library: Library, onChange: () => void, onAddFolder?: () => void, plain?: boolean }} props
 *    plain when it is one of the built-in ones, that stand in a list and keep their one folder */
export function LibraryPanel({ library, onChange, onAddFolder, plain = false }) {
  const [shown, setShown] = useState(/** @type {"name" | "problems" | null} */ (null));
  const { id, kind, count, folders } = library;
  const name = said(library.name);
  const failed = folders.reduce((sum, folder) => sum + folder.failed, 0);
  /** @param {string} next */
  const rename = async (next) => {
    await shelves.editLibrary(id, { name: next });
    onChange();
    undoable(t("libraries.renamed", { name: next }), async () => {
      await shelves.editLibrary(id, { name: library.name });
      onChange();
    });
  };
  const more = html`<${Popover} icon="ellipsis" label=${t("libraries.more", { name })}>
    ${(/** @type {() => void} */ close) => html`
      <${PopoverAction}
        icon="refresh-cw"
        text=${t("libraries.scan")}
        onClick=${() => { close(); void startScan({ library_id: id }); }}
      />
      <${PopoverAction}
        icon="scan-search"
        text=${t("libraries.fullScan")}
        onClick=${() => { close(); void startScan({ library_id: id, full: true }); }}
      />
      ${onAddFolder && html`<${PopoverAction}
        icon="plus"
        text=${t("libraries.addFolder")}
        onClick=${() => { close(); onAddFolder(); }}
      />`}
      <${PopoverAction}
        icon="pencil"
        text=${t("people.edit", { name })}
        onClick=${() => { close(); setShown("name"); }}
      />
    `}
  <//>`;
  const head = html`<div class="library__head">
    <span class="library__mark"><${Icon} name=${LIBRARY_ICONS[kind] ?? "folder"} /></span>
    <div class="row__words">
      <${plain ? "h3" : "h2"} class="library__name">${name}<//>
      <span class="row__sub">${joinDots([name !== kindLabel(kind) && kindLabel(kind), count ? t("count.entries", { count }) : t("libraries.empty"), plain && folders[0] && folderFacts(folders[0])])}</span>
      ${plain && folders.map((folder) => html`<${Trouble} key=${folder.id} folder=${folder} />`)}
    </div>
    ${more}
  </div>`;
  const problems = failed > 0 && html`<button
    type="button"
    class="button button--plain library__problems"
    onClick=${() => setShown("problems")}
  ><${Icon} name="triangle-alert" />${t("libraries.problems", { count: failed })}</button>`;
  const dialogs = html`
    ${shown === "name" && html`<${NameDialog}
      title=${t("libraries.rename", { name })}
      label=${t("libraries.name")}
      value=${library.name}
      action=${t("action.save")}
      onSave=${rename}
      onClose=${() => setShown(null)}
    />`}
    ${shown === "problems" && html`<${ProblemsDialog} library=${library} onClose=${() => setShown(null)} />`}`;
  if (plain) return html`<div class="library library--plain" data-library=${library.id}>${head}${problems}</div>${dialogs}`;
  return html`<section class="panel library" aria-label=${name} data-library=${library.id}>
    ${head}
    <ul class="rows">${folders.map((folder) => html`<${FolderRow}
      key=${folder.id}
      folder=${folder}
      onChange=${onChange}
    />`)}</ul>
    ${problems}
    ${dialogs}
  </section>`;
}

/** "3,200 files · scanned 2 hours ago" @param {LibraryFolder} folder */
const folderFacts = ({ files, scanned_at }) => joinDots([
  files > 0 && t("count.files", { count: files }), scanned_at ? t("libraries.scanned", { when: when(scanned_at) }) : t("libraries.never"),
]);

/** @param {{ folder: LibraryFolder }} props */
const Trouble = ({ folder: { online, problem } }) => (online && !problem ? null : html`<span class="row__hint">${said(problem) ?? t("libraries.offlineNote")}</span>`);

/** @param {{ folder: LibraryFolder, onChange: () => void }} props */
function FolderRow({ folder, onChange }) {
  const { id, path, read_only, online } = folder;
  const [readOnly, setReadOnly] = useState(read_only);
  /** @param {boolean} on */
  const save = (on) => changeWithUndo(on, !on, {
    show: setReadOnly,
    send: async (wish) => {
      await shelves.editFolder(id, { read_only: wish });
      onChange();
    },
  });
  const restore = async () => {
    await shelves.restoreFolder(id);
    libraryRevision.value += 1;
  };
  const remove = async () => {
    try {
      await shelves.removeFolder(id);
      libraryRevision.value += 1;
      undoable(t("libraries.removed", { path }), restore, { said: t("libraries.back", { path }) });
    } catch (error) {
      toastError(error);
    }
  };
  return html`<li class="library__folder">
    <div class="row">
      <${Icon} name=${online ? "folder" : "hard-drive"} />
      <span class="row__words">
        <span class="row__title library__path">${path}</span>
        <span class="row__sub">${joinDots([!online && t("libraries.offline"), folderFacts(folder)])}</span>
        <${Trouble} folder=${folder} />
      </span>
      <${IconButton} icon="x" label=${t("libraries.removeFolder", { path })} onClick=${remove} />
    </div>
    <${Switch}
      label=${t("libraries.readOnly")}
      hint=${t(readOnly ? "libraries.readOnlyHint" : "libraries.changeableHint")}
      checked=${readOnly}
      onChange=${save}
    />
  </li>`;
}
