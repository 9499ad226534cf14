/** A modal dialog: a card on a desk, a sheet on a phone. Focus, Escape and the rest of the page are the browser's work. */
import { html } from "htm/preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { dialogs } from "../store.js";
import { t } from "../strings.js";
import { IconButton } from "./icon_button.js";
import { Toasts } from "./toast.js";

/** @import { Children } from "../types.js" */

/**
 * @param {{ title: string, onClose: () => void, children: Children, kind?: "dialog" | "drawer" | "wide" }} props
 *   It is open as long as it is on the page.
 */
export function Dialog({ title, onClose, children, kind = "dialog" }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const heading = useId();
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    dialogs.value = [...dialogs.value, heading];
    return () => {
      dialogs.value = dialogs.value.filter((one) => one !== heading);
      if (dialog?.open) dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  /** @param {MouseEvent} event */
  const closeOutside = (event) => {
    if (event.target === box.current) onClose();
  };
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    onClose();
  };
  return html`<dialog
    class=${`dialog dialog--${kind}`}
    ref=${box}
    aria-labelledby=${heading}
    onCancel=${cancel}
    onMouseDown=${closeOutside}
  >
    <div class="dialog__box">
      <div class="dialog__head">
        <h2 id=${heading} class="dialog__title">${title}</h2>
        <${IconButton} icon="x" label=${t("action.close")} onClick=${onClose} />
      </div>
      ${children}
      <${Toasts} dialog=${heading} />
    </div>
  </dialog>`;
}
