/** What was renamed, and how. */
import { html } from "htm/preact";
import { when } from "../format.js";
import { t } from "../strings_library.js";
import { Dialog } from "./dialog.js";
import { RenameSteps } from "./rename_steps.js";

/** @import { RenameBatch } from "../types_library.js" */

/** @param {{ batch: RenameBatch, onClose: () => void }} props */
export function RenameDialog({ batch, onClose }) {
  return html`<${Dialog} title=${`${t(`names.state.${batch.state}`)}, ${when(batch.created_at)}`} kind="wide" onClose=${onClose}>
    <div class="dialog__body"><${RenameSteps} batch=${batch} /></div>
  <//>`;
}
