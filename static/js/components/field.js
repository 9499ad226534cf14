/** A labelled input with its hint and its error. */
import { cloneElement } from "preact";
import { html } from "htm/preact";
import { useId } from "preact/hooks";

/** @import { VNode } from "preact" */
/** @import { Children } from "../types.js" */

/** @param {{ label: Children, hint?: Children, error?: string | null, children: VNode<any> }} props */
export function Field({ label, hint, error, children }) {
  const id = useId();
  const says = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return html`<div class="field">
    <label class="field__label" for=${id}>${label}</label>
    ${cloneElement(children, { id, "aria-describedby": says, "aria-invalid": error ? "true" : undefined })}
    ${hint && html`<span class="field__hint" id=${`${id}-hint`}>${hint}</span>`}
    ${error && html`<span class="field__error" id=${`${id}-error`} role="alert">${error}</span>`}
  </div>`;
}
