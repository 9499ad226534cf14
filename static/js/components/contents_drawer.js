/** The contents of a book, with the chapter that is open marked. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../strings.js";
import { Dialog } from "./dialog.js";

/** @import { Book } from "../types_reading.js" */

/** @param {{ book: Book, part: number, onGo: (part: number, anchor: string | null) => void, onClose: () => void }} props */
export function ContentsDrawer({ book, part, onGo, onClose }) {
  const here = book.contents.findLastIndex((one) => one.part <= part);
  const row = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => {
    row.current?.scrollIntoView({ block: "center" });
    row.current?.focus();
  }, []);
  return html`<${Dialog} title=${t("book.contents")} kind="drawer" onClose=${onClose}>
    <ol class="contents dialog__body">
      ${book.contents.map((heading, index) => html`<li key=${index}>
        <button
          type="button"
          class="contents__row"
          ref=${index === here ? row : undefined}
          aria-current=${index === here ? "true" : undefined}
          style=${{ "--depth": heading.depth }}
          onClick=${() => onGo(heading.part, heading.anchor)}
        >${heading.title}</button>
      </li>`)}
    </ol>
  <//>`;
}
