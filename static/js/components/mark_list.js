/** Marked passages one below the other: to go to, to write beside, to unmark. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../strings_reading.js";
import { IconButton } from "./icon_button.js";
import { NoteDialog } from "./note_dialog.js";

/** @import { Highlight } from "../api_highlights.js" */

/**
 * @param {{ marks: Highlight[], href: (mark: Highlight) => string, onGo?: (mark: Highlight) => void,
 *   onNote: (mark: Highlight, note: string | null) => void, onRemove: (mark: Highlight) => void }} props
 */
export function MarkList({ marks, href, onGo, onNote, onRemove }) {
  const [noting, setNoting] = useState(/** @type {Highlight | null} */ (null));
  return html`<ol class="marks">
      ${marks.map((mark) => html`<li key=${mark.id} class="mark">
        <a
          class=${`mark__link mark__link--${mark.colour}`}
          href=${href(mark)}
          dir="auto"
          onClick=${onGo && ((/** @type {Event} */ event) => {
            event.preventDefault();
            onGo(mark);
          })}
        >${mark.quote}</a>
        <span class="mark__tools">
          <${IconButton}
            icon="message-square-text"
            label=${t("marks.editOf", { quote: short(mark.quote) })}
            onClick=${() => setNoting(mark)}
          />
          <${IconButton} icon="trash-2" label=${t("marks.removeOf", { quote: short(mark.quote) })} onClick=${() => onRemove(mark)} />
        </span>
        ${mark.note && html`<p class="mark__note" dir="auto">${mark.note}</p>`}
      </li>`)}
    </ol>
    ${noting && html`<${NoteDialog}
      quote=${noting.quote}
      note=${noting.note ?? ""}
      onSave=${(/** @type {string} */ note) => {
        setNoting(null);
        onNote(noting, note || null);
      }}
      onClose=${() => setNoting(null)}
    />`}`;
}

/** @param {string} quote */
const short = (quote) => (quote.length > 40 ? `${quote.slice(0, 40).trimEnd()}…` : quote);
