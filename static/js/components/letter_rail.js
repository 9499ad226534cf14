/** The letters or months of a long list at its side: a click, the arrow keys or a finger drawn along it jump there. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { monthName } from "../photo_dates.js";
import { t } from "../strings_lists.js";

/** @import { Letter } from "../long_list.js" */

/** How many months have room, and how many years in words. */
const MOST_MONTHS = 120;
const MOST_YEARS = 24;

/** "2026-08", or "" for what has no day. @param {string} letter */
const isMonth = (letter) => letter.length !== 1;

/** @param {{ letters: Letter[], onJump: (index: number, letter: string) => void }} props months are letters of their own kind */
export function LetterRail({ letters: whole, onJump }) {
  const letters = thinned(whole);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [here, setHere] = useState(0);
  /** @param {number} number */
  const go = (number) => {
    const letter = letters[number];
    if (!letter) return;
    setHere(number);
    onJump(letter.index, letter.letter);
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
  const byMonth = letters.some(({ letter }) => isMonth(letter));
  const years = byMonth ? writtenYears(letters) : null;
  return html`<nav class=${byMonth ? "rail rail--months" : "rail"} ref=${box} aria-label=${t(byMonth ? "months.label" : "letters.label")} onKeyDown=${steer} onPointerMove=${slide}>
    ${letters.map(({ letter }, number) => html`<button
      key=${letter}
      type="button"
      class=${years && !years.has(number) ? "rail__letter rail__letter--tick" : "rail__letter"}
      data-letter=${number}
      tabindex=${number === Math.min(here, letters.length - 1) ? 0 : -1}
      aria-label=${nameOf(letter)}
      data-name=${byMonth ? nameOf(letter) : undefined}
      onClick=${() => go(number)}
    >${!years ? letter : years.has(number) && letter.slice(0, 4)}</button>`)}
  </nav>`;
}

/** Where a button leads. @param {string} letter */
function nameOf(letter) {
  if (letter === "") return t("months.none");
  if (isMonth(letter)) return t("letters.to", { letter: monthName(letter) });
  return letter === "#" ? t("letters.others") : t("letters.to", { letter });
}

/** @param {Letter | undefined} month */
const yearOf = (month) => month?.letter.slice(0, 4) ?? "";

/** More months than there is room for are told by the first of each year. @param {Letter[]} letters */
function thinned(letters) {
  return letters.length > MOST_MONTHS ? letters.filter((one, number) => !isMonth(one.letter) || yearOf(one) !== yearOf(letters[number - 1])) : letters;
}

/** The years that are written, each at the first month of its own; where there are many, not all of them are. @param {Letter[]} months */
function writtenYears(months) {
  const firsts = months.flatMap((one, number) => (yearOf(one) !== yearOf(months[number - 1]) ? [number] : []));
  const step = Math.ceil(firsts.length / MOST_YEARS);
  return new Set(firsts.filter((_, number) => number % step === 0));
}
