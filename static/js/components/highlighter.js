/** Marking words of a text in its frame: paints what is marked, and offers what can be done with what is selected. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { placeOf, rangeOf, selectedPassage, textRoot } from "../highlight_anchor.js";
import { t } from "../strings_reading.js";
import { IconButton } from "./icon_button.js";
import { NoteDialog } from "./note_dialog.js";

/** @import { Colour, Highlight } from "../api_highlights.js" */
/** @import { Passage } from "../highlight_anchor.js" */
/** @import { Marks } from "../highlights.js" */

export const COLOURS = /** @type {const} */ (["yellow", "green", "blue", "pink"]);

/** Some browsers let nobody listen inside such a frame, so that it is also looked at from time to time, ms. */
const LOOK_MS = 350;

/**
 * @param {{ inside: Document, chapter: number, marks: Marks, wanted: string | null }} props `wanted` is the mark to go to
 */
export function Highlighter({ inside, chapter, marks, wanted }) {
  const [chosen, setChosen] = useState(/** @type {Passage | null} */ (null));
  const [touched, setTouched] = useState(/** @type {string | null} */ (null));
  const [isNoting, setNoting] = useState(false);
  const here = marks.all.filter((mark) => mark.chapter === chapter);
  const mark = here.find((one) => one.id === touched) ?? null;
  const current = useRef(here);
  current.current = here;

  useEffect(() => paint(inside, here), [inside, marks.all]);
  useEffect(() => watch(inside, setChosen, (place) => setTouched(markAt(inside, current.current, place))), [inside]);
  const gone = useRef(/** @type {string | null} */ (null));
  useEffect(() => {
    const target = here.find((one) => one.id === wanted);
    if (!target || gone.current === target.id) return;
    gone.current = target.id;
    const range = rangeOf(inside, target);
    if (range) show(inside, range);
  }, [inside, wanted, marks.all]);

  const drop = () => {
    inside.getSelection()?.removeAllRanges();
    setChosen(null);
  };
  /** @param {Colour} colour */
  const paintWith = async (colour) => {
    if (chosen) {
      drop();
      setTouched((await marks.add(chapter, chosen, colour))?.id ?? null);
    } else if (mark) await marks.change(mark, { colour });
  };
  /** @param {string} note */
  const write = async (note) => {
    setNoting(false);
    if (chosen) {
      drop();
      await marks.add(chapter, chosen, "yellow", note || null);
    } else if (mark) await marks.change(mark, { note: note || null });
  };
  if (!chosen && !mark) return null;
  return html`<div class="marker" role="toolbar" aria-label=${t(chosen ? "mark.bar" : "mark.edit")}>
      ${COLOURS.map((colour) => html`<button
        key=${colour}
        type="button"
        class=${`marker__colour marker__colour--${colour}`}
        aria-label=${t(`mark.${colour}`)}
        title=${t(`mark.${colour}`)}
        aria-pressed=${!chosen && mark?.colour === colour}
        onPointerDown=${keepSelection}
        onClick=${() => paintWith(colour)}
      ></button>`)}
      <${IconButton} icon="message-square-text" label=${t("mark.note")} onClick=${() => setNoting(true)} />
      ${!chosen && mark && html`<${IconButton} icon="trash-2" label=${t("mark.remove")} onClick=${() => marks.remove(mark)} />`}
      <${IconButton} icon="x" label=${t("action.close")} onClick=${() => { drop(); setTouched(null); }} />
      ${!chosen && mark?.note && html`<p class="marker__note">${mark.note}</p>`}
    </div>
    ${isNoting && html`<${NoteDialog}
      quote=${chosen?.quote ?? mark?.quote ?? ""}
      note=${chosen ? "" : (mark?.note ?? "")}
      onSave=${write}
      onClose=${() => setNoting(false)}
    />`}`;
}

/** A press on the bar must not take the selection away before the click. @param {Event} event */
const keepSelection = (event) => event.preventDefault();

/** Paints without touching the text: it stays as it came. @param {Document} inside @param {Highlight[]} marks */
function paint(inside, marks) {
  const view = /** @type {any} */ (inside.defaultView);
  if (!view?.CSS?.highlights || !view.Highlight) return;
  for (const colour of COLOURS) {
    const ranges = marks.filter((mark) => mark.colour === colour).map((mark) => rangeOf(inside, mark)).filter(Boolean);
    view.CSS.highlights.set(`mark-${colour}`, new view.Highlight(...ranges));
  }
  const noted = marks.filter((mark) => mark.note).map((mark) => rangeOf(inside, mark)).filter(Boolean);
  view.CSS.highlights.set("mark-noted", new view.Highlight(...noted));
}

/**
 * @param {Document} inside @param {(passage: Passage | null) => void} onSelect @param {(place: number | null) => void} onTouch
 */
function watch(inside, onSelect, onTouch) {
  let told = "";
  const look = () => {
    if (!inside.defaultView) return;
    const passage = selectedPassage(inside);
    const key = passage ? `${passage.start} ${passage.end}` : "";
    if (key !== told) onSelect(passage);
    told = key;
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const asked = /** @type {any} */ (inside);
    const caret = asked.caretPositionFromPoint?.(event.clientX, event.clientY);
    const old = caret ? null : asked.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = caret?.offsetNode ?? old?.startContainer;
    const root = textRoot(inside);
    onTouch(node && root.contains(node) ? placeOf(root, node, caret?.offset ?? old.startOffset) : null);
  };
  const timer = setInterval(look, LOOK_MS);
  inside.addEventListener("selectionchange", look);
  inside.addEventListener("click", click);
  return () => {
    clearInterval(timer);
    inside.removeEventListener("selectionchange", look);
    inside.removeEventListener("click", click);
  };
}

/** @param {Document} inside @param {Highlight[]} marks @param {number | null} place */
function markAt(inside, marks, place) {
  if (place === null) return null;
  const root = textRoot(inside);
  const hit = marks.find((mark) => {
    const range = rangeOf(inside, mark);
    if (!range) return false;
    const start = placeOf(root, range.startContainer, range.startOffset);
    return place >= start && place <= start + range.toString().length;
  });
  return hit?.id ?? null;
}

/** @param {Document} inside @param {Range} range */
function show(inside, range) {
  const page = inside.scrollingElement;
  if (page) page.scrollTop += range.getBoundingClientRect().top - page.clientHeight / 3;
}
