/** A button with a small panel below it, which a click elsewhere, Escape or leaving it closes. */
import { html } from "htm/preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.js";

/** @import { Children } from "../types.js" */

/**
 * @param {{ icon: string, label: string, text?: string, class?: string,
 *   children: Children | ((close: () => void) => Children) }} props `text` is shown beside the icon
 */
export function Popover({ icon, label, text, class: extra = "icon", children }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const panel = useId();
  const close = () => setOpen(false);
  // It hangs below the end of its button, or below its beginning where there is no room.
  const [fromStart, setFromStart] = useState(false);
  useLayoutEffect(() => {
    const shown = isOpen && box.current?.querySelector(".popover__panel");
    if (!shown) return setFromStart(false);
    const { left, right } = shown.getBoundingClientRect();
    if (left < 4 || right > innerWidth - 4) setFromStart(true);
    return undefined;
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) return undefined;
    /** @param {Event} event */
    const outside = (event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    /** @param {KeyboardEvent} event */
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
      button.current?.focus();
    };
    addEventListener("pointerdown", outside);
    addEventListener("keydown", escape, true);
    // A click into a frame is heard only as the loss of the focus.
    addEventListener("blur", close);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("keydown", escape, true);
      removeEventListener("blur", close);
    };
  }, [isOpen]);

  /** @param {FocusEvent} event */
  const leave = (event) => {
    if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget)) close();
  };
  return html`<div class="popover" ref=${box} onFocusOut=${leave}>
    <button
      ref=${button}
      type="button"
      class=${extra}
      aria-label=${text ? undefined : label}
      title=${label}
      aria-expanded=${isOpen}
      aria-controls=${isOpen ? panel : undefined}
      onClick=${() => setOpen(!isOpen)}
    ><${Icon} name=${icon} />${text}</button>
    ${isOpen && html`<div
      class=${`popover__panel ${fromStart ? "popover__panel--start" : ""}`}
      id=${panel}
      role="group"
      aria-label=${label}
    >
      ${typeof children === "function" ? children(close) : children}
    </div>`}
  </div>`;
}

/** One thing to do, in a panel that is a list of them. @param {{ icon: string, text: string, href?: string, onClick?: () => unknown,
 *   download?: boolean, away?: boolean, tone?: "plain" | "bad" }} props `away` leads out of the house */
export function PopoverAction({ icon, text, href, onClick, download = false, away = false, tone = "plain" }) {
  const inside = html`<${Icon} name=${icon} /><span>${text}</span>`;
  if (href) return html`<a
    class="popover__action"
    href=${href}
    download=${download || undefined}
    target=${away ? "_blank" : undefined}
    rel=${away ? "noopener noreferrer" : undefined}
    onClick=${onClick}
  >${inside}</a>`;
  return html`<button type="button" class=${`popover__action popover__action--${tone}`} onClick=${onClick}>${inside}</button>`;
}
