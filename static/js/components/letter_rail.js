/** The letters of a long list at its side: a click, the arrow keys or a finger drawn along it jump there. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../strings_lists.js";

/** @import { Letter } from "../long_list.js" */

/** @param {{ letters: Letter[], onJump: (index: number) => void }} props */
export function LetterRail({ letters, onJump }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [here, setHere] = useState(0);
  /** @param {number} number */
  const go = (number) => {
    const letter = letters[number];
    if (!letter) return;
    setHere(number);
    onJump(letter.index);
  };
  /** @param {KeyboardEvent} event */
  const steer = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1, Home: -letters.length, End: letters.length }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(letters.length - 1, here + step));
    const button = box.current?.querySelectorAll("button")[next];
    if (button instanceof HTMLElement) button.focus();
    go(next);
  };
  /** A finger goes along it without being lifted. @param {PointerEvent} event */
  const slide = (event) => {
    if (event.pointerType === "mouse" || !event.buttons) return;
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-letter]");
    if (!(under instanceof HTMLElement)) return;
    const number = Number(under.dataset["letter"]);
    if (number !== here) go(number);
  };
  return html`<nav class="rail" ref=${box} aria-label=${t("letters.label")} onKeyDown=${steer} onPointerMove=${slide}>
    ${letters.map(({ letter }, number) => html`<button
      key=${letter}
      type="button"
      class="rail__letter"
      data-letter=${number}
      tabindex=${number === Math.min(here, letters.length - 1) ? 0 : -1}
      aria-label=${letter === "#" ? t("letters.others") : t("letters.to", { letter })}
      onClick=${() => go(number)}
    >${letter}</button>`)}
  </nav>`;
}
