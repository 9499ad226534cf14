/** Files of a library that could not be read, each with the reason. */
import { html } from "htm/preact";
import { shelves } from "../api_library.js";
import { size, when } from "../format.js";
import { useKeyset } from "../keyset.js";
import { said } from "../said.js";
import { t } from "../strings_library.js";
import { shownPath } from "../work_words.js";
import { joinDots } from "../words.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";
import { MoreBelow } from "./more_below.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { Library } from "../types_library.js" */

/** @param {{ library: Library, onClose: () => void }} props */
export function ProblemsDialog({ library, onClose }) {
  const list = useKeyset(
    `problems:${library.id}`,
    (cursor, signal) => shelves.problems(library.id, { cursor, limit: 50 }, { signal }),
    0,
  );
  const { page } = list;
  return html`<${Dialog} title=${t("libraries.problemsTitle", { name: said(library.name) })} kind="wide" onClose=${onClose}>
    <div class="dialog__body">
      ${!page && !list.error && html`<${TextSkeleton} />`}
      ${page && !page.items.length && html`<p class="form__note">${t("libraries.noProblems")}</p>`}
      ${page && page.items.length > 0 && html`<ul class="rows">${page.items.map(({ path, reason, size_bytes, seen_at }) => html`<li
        key=${path}
        class="row"
      >
        <${Icon} name="file-warning" />
        <span class="row__words">
          <span class="row__title">${shownPath(path)}</span>
          <span class="row__hint">${said(reason)}</span>
          <span class="row__sub">${joinDots([size(size_bytes), t("libraries.seen", { when: when(seen_at) })])}</span>
        </span>
      </li>`)}</ul>`}
      ${page?.next && !list.error && html`<${MoreBelow} onMore=${list.more} length=${page.items.length} />`}
      ${list.error && html`<${ErrorState} error=${list.error} onRetry=${list.retry} />`}
    </div>
  <//>`;
}
