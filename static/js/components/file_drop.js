/** A place to drop one file on, or to choose it from the device. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../strings.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/**
 * @param {{ label: string, hint: string, accept: string, fraction: number | null, name?: string,
 *   onFile: (file: File) => void }} props `fraction` 0..1 while a file is on its way, null otherwise
 */
export function FileDrop({ label, hint, accept, fraction, name, onFile }) {
  const [over, setOver] = useState(false);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    // The window takes dropped files, too.
    event.stopPropagation();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file && fraction === null) onFile(file);
  };
  /** @param {DragEvent} event */
  const hover = (event) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(true);
  };
  return html`<label
    class=${`drop-zone ${over ? "drop-zone--over" : ""}`}
    onDrop=${drop}
    onDragOver=${hover}
    onDragEnter=${hover}
    onDragLeave=${() => setOver(false)}
  >
    <${Icon} name="file-up" />
    <span class="drop-zone__label">${fraction === null ? label : t("books.sending", { name: name ?? "" })}</span>
    <span class="drop-zone__hint">${hint}</span>
    <input
      ref=${input}
      class="drop-zone__input"
      type="file"
      accept=${accept}
      aria-label=${label}
      disabled=${fraction !== null}
      onChange=${() => input.current?.files?.[0] && onFile(input.current.files[0])}
    />
    ${fraction !== null && html`<${ProgressBar} value=${fraction * 100} />`}
  </label>`;
}
