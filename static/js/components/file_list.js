/** The files of a medium on disk: the main one, versions, parts, subtitles and what lies beside them. */
import { html } from "htm/preact";
import { duration, size } from "../format.js";
import { t } from "../strings.js";
import { joinDots } from "../words.js";
import { fileLabel, inOrder, shownPath } from "../work_words.js";
import { Icon } from "./icon.js";

/** @import { FileRole, WorkFile } from "../types_works.js" */

const MARKS = /** @type {Record<FileRole, string>} */ ({
  main: "film", version: "layers", part: "film", extra: "clapperboard", subtitle: "captions", artwork: "image", nfo: "file-text",
  lyrics: "text", sample: "film", other: "file",
});

const PLAYABLE = /** @type {Set<FileRole>} */ (new Set(["main", "version", "part"]));

/** @param {{ files: WorkFile[], media: string }} props */
export function FileList({ files, media }) {
  return html`<ul class="files">
    ${inOrder(files).map((file) => html`<li key=${file.id} class="files__row">
      <${Icon} name=${MARKS[file.role] ?? "file"} />
      <span class="files__words">
        <span class="files__label">${PLAYABLE.has(file.role)
          ? html`<a class="text-link" href=${file.role === "main" ? `/play/${media}` : `/play/${media}?file=${file.id}`}><span class="unseen">${t("action.play")} </span>${fileLabel(file)}</a>`
          : fileLabel(file)}</span>
        <span class="files__path">${shownPath(file.path)}</span>
      </span>
      <span class="files__facts">${joinDots([file.container, file.duration > 0 && duration(file.duration), file.size_bytes > 0 && size(file.size_bytes)])}</span>
    </li>`)}
  </ul>`;
}
