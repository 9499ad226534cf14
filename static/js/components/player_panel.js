/** A panel of the player above its buttons, a sheet on a phone; Escape and a tap beside it close it. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../strings_player.js";
import { IconButton } from "./icon_button.js";

/** @import { Children } from "../types.js" */

/** @param {{ title: string, onClose: () => void, onBack?: (() => void) | null, wide?: boolean, children: Children }} props */
export function PlayerPanel({ title, onClose, onBack = null, wide = false, children }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const leave = useRef(onClose);
  leave.current = onBack ?? onClose;
  useLayoutEffect(() => {
    const before = document.activeElement;
    /** @param {KeyboardEvent} event */
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      leave.current();
    };
    addEventListener("keydown", escape, true);
    return () => {
      removeEventListener("keydown", escape, true);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // Each page of a menu begins at what is chosen.
  useEffect(() => {
    const first = box.current?.querySelector("[aria-checked=true], .menu__row, button");
    if (first instanceof HTMLElement) first.focus({ preventScroll: false });
  }, [title]);

  /** @param {KeyboardEvent} event */
  const walk = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !box.current) return;
    event.preventDefault();
    const rows = /** @type {HTMLElement[]} */ ([...box.current.querySelectorAll("button")]);
    const here = rows.findIndex((row) => row === document.activeElement);
    rows[(here + by + rows.length) % rows.length]?.focus();
  };
  return html`<div class="player__veil" onPointerDown=${onClose}></div>
    <div
      class=${wide ? "player__panel player__panel--wide" : "player__panel"}
      role="dialog"
      aria-label=${title}
      ref=${box}
      onKeyDown=${walk}
    >
      <div class="player__panel-head">
        ${onBack && html`<${IconButton} icon="chevron-left" label=${t("player.back")} onClick=${onBack} />`}
        <h2 class="player__panel-title">${title}</h2>
        <${IconButton} icon="x" label=${t("action.close")} onClick=${onClose} />
      </div>
      <div class="player__panel-body">${children}</div>
    </div>`;
}
