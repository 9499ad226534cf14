/** The messages at the foot of the page, each with at most one way back. */
import { html } from "htm/preact";
import { dialogs, dismissToast, holdToast, resumeToast, toasts } from "../store.js";
import { t } from "../strings.js";
import { IconButton } from "./icon_button.js";

/** @import { Toast } from "../store.js" */

/** @param {{ dialog?: string }} props the dialog in which they stand, if it is the topmost */
export function Toasts({ dialog }) {
  const shown = dialogs.value.at(-1) === dialog ? toasts.value : [];
  return html`<div class="toasts" role="status" aria-live="polite">
    ${shown.map((one) => html`<${ToastBar} key=${one.id} toast=${one} />`)}
  </div>`;
}

/** @param {{ toast: Toast }} props */
function ToastBar({ toast }) {
  const act = () => {
    dismissToast(toast.id, { acted: true });
    toast.run?.();
  };
  const hold = () => holdToast(toast.id);
  const go = () => resumeToast(toast.id);
  return html`<div
    class=${`toast toast--${toast.tone}`}
    onMouseEnter=${hold}
    onMouseLeave=${go}
    onFocusIn=${hold}
    onFocusOut=${go}
  >
    <span class="toast__text">${toast.text}</span>
    ${toast.action && html`<button type="button" class="toast__action" onClick=${act}>${toast.action}</button>`}
    <${IconButton} icon="x" label=${t("action.dismiss")} class="toast__close" onClick=${() => dismissToast(toast.id)} />
  </div>`;
}
