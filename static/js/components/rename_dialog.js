/** What was renamed, and how. */
import { html } from "htm/preact";
import { shelves } from "../api_library.js";
import { when } from "../format.js";
import { useResource } from "../resource.js";
import { t } from "../strings_library.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { RenameSteps } from "./rename_steps.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { RenameBatch } from "../types_library.js" */

/** @param {{ batch: RenameBatch, onClose: () => void }} props */
export function RenameDialog({ batch, onClose }) {
  const resource = useResource(`rename:${batch.id}:${batch.state}`, (options) => shelves.rename(batch.id, {}, options));
  return html`<${Dialog} title=${`${t(`names.state.${batch.state}`)}, ${when(batch.created_at)}`} kind="wide" onClose=${onClose}>
    <div class="dialog__body">
      ${resource.error && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
      ${!resource.value && !resource.error && html`<${TextSkeleton} />`}
      ${resource.value && html`<${RenameSteps} batch=${resource.value} />`}
    </div>
  <//>`;
}
