/** What can be selected: a check on its corner, a long press on a phone; while something is selected, a click selects. */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { t } from "../strings_lists.js";
import { Icon } from "./icon.js";

/** @import { Children } from "../types.js" */

const LONG_MS = 450;

/**
 * @param {{ title: string, isChosen: boolean, isChoosing: boolean, onToggle: (how: { range: boolean }) => void,
 *   children: Children }} props
 */
export function Pick({ title, isChosen, isChoosing, onToggle, children }) {
  const press = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const wasLong = useRef(false);

  /** @param {PointerEvent} event */
  const down = (event) => {
    wasLong.current = false;
    if (event.pointerType === "mouse" || isChoosing) return;
    press.current = setTimeout(() => {
      wasLong.current = true;
      navigator.vibrate?.(10);
      onToggle({ range: false });
    }, LONG_MS);
  };
  const release = () => clearTimeout(press.current);
  /** @param {MouseEvent} event */
  const click = (event) => {
    const takes = wasLong.current || (isChoosing && !event.ctrlKey && !event.metaKey);
    if (!takes || (event.target instanceof Element && event.target.closest(".choosable__button"))) return;
    event.preventDefault();
    event.stopPropagation();
    if (!wasLong.current) onToggle({ range: event.shiftKey });
    wasLong.current = false;
  };
  /** A long press selects, and opens no menu. @param {Event} event */
  const menu = (event) => {
    if (wasLong.current) event.preventDefault();
  };
  return html`<div
    class=${`choosable ${isChosen ? "choosable--chosen" : ""} ${isChoosing ? "choosable--choosing" : ""}`}
    onPointerDown=${down}
    onPointerUp=${release}
    onPointerCancel=${release}
    onPointerMove=${(/** @type {PointerEvent} */ event) => (Math.abs(event.movementX) + Math.abs(event.movementY) > 6 ? release() : undefined)}
    onClickCapture=${click}
    onContextMenu=${menu}
  >
    ${children}
    <button
      type="button"
      class="choosable__button"
      role="checkbox"
      aria-checked=${isChosen}
      aria-label=${t("bulk.select", { title })}
      onClick=${(/** @type {MouseEvent} */ event) => onToggle({ range: event.shiftKey })}
    ><${Icon} name="check" /></button>
  </div>`;
}
