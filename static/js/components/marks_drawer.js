/** What is marked in the text that is open. */
import { html } from "htm/preact";
import { markdownUrl, markHref } from "../api_highlights.js";
import { t } from "../strings_reading.js";
import { Dialog } from "./dialog.js";
import { EmptyState } from "./empty_state.js";
import { Icon } from "./icon.js";
import { MarkList } from "./mark_list.js";

/** @import { Highlight } from "../api_highlights.js" */
/** @import { Marks } from "../highlights.js" */

/** @param {{ media: { id: string, media_type: string, kept?: boolean }, marks: Marks, onGo: (mark: Highlight) => void, onClose: () => void }} props */
export function MarksDrawer({ media, marks, onGo, onClose }) {
  const text = { media_id: media.id, media_type: /** @type {"article" | "book"} */ (media.media_type) };
  return html`<${Dialog} title=${t("marks.title")} kind="drawer" onClose=${onClose}>
    <div class="dialog__body">
      ${marks.all.length === 0 && html`<${EmptyState} title=${t("marks.none")} text=${t("marks.noneText")} />`}
      <${MarkList}
        marks=${marks.all}
        href=${(/** @type {Highlight} */ mark) => markHref(text, mark)}
        onGo=${onGo}
        onNote=${(/** @type {Highlight} */ mark, /** @type {string | null} */ note) => marks.change(mark, { note })}
        onRemove=${marks.remove}
      />
      ${!media.kept && html`<p class="marks__foot">
        ${marks.all.length > 0 && html`<a class="button" href=${markdownUrl(media.id)} download><${Icon} name="download" />${t("marks.export")}</a>`}
        <a class="button button--plain" href="/highlights">${t("marks.all")}</a>
      </p>`}
    </div>
  <//>`;
}
