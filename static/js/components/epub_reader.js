/** An EPUB, chapter by chapter. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { bookPartsPath, bookPartUrl } from "../api_reading.js";
import { percent } from "../format.js";
import { useMarks } from "../highlights.js";
import { placeIn, wholeOf } from "../reading_position.js";
import { back, place } from "../router.js";
import { t } from "../strings_reading.js";
import { joinDots } from "../words.js";
import { ContentsDrawer } from "./contents_drawer.js";
import { Highlighter } from "./highlighter.js";
import { IconButton } from "./icon_button.js";
import { LookControls } from "./look_controls.js";
import { MarksDrawer } from "./marks_drawer.js";
import { ReaderShell } from "./reader_shell.js";
import { ReadingFrame } from "./reading_frame.js";

/** @import { Highlight } from "../api_highlights.js" */
/** @import { ReaderProps } from "../views/book_reader.js" */

/** @param {ReaderProps} props */
export function EpubReader({ book, start, anchor, fraction, onMove }) {
  const [at, setAt] = useState(() => ({ ...placeIn(start, book.parts), anchor, visit: 0 }));
  const [listing, setListing] = useState(false);
  const [showsMarks, setShowsMarks] = useState(false);
  const [inside, setInside] = useState(/** @type {Document | null} */ (null));
  const [wanted, setWanted] = useState(place.value.query.get("mark"));
  const marks = useMarks(book.id);
  const home = `/books/${book.id}`;
  const heading = book.contents.findLast((one) => one.part <= at.part);

  /** @param {number} part @param {number} [within] 0..1 @param {string | null} [at] the id of a place */
  const go = (part, within = 0, at = null) => {
    if (part < 0 || part >= book.parts) return;
    setAt((before) => ({ part, within, anchor: at, visit: before.visit + 1 }));
    onMove(wholeOf(part, within, book.parts), true);
  };
  /** @param {number} within @param {boolean} moved */
  const move = (within, moved) => {
    // A chapter that fits the window is not read as soon as it is open, except the last one, after turning to it.
    const isEnd = within === 1 && at.part === book.parts - 1 && at.visit > 0;
    if (within < 1 || moved || isEnd) onMove(wholeOf(at.part, within, book.parts), moved || isEnd);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    // With Shift, the arrows select words.
    if (event.metaKey || event.ctrlKey || event.altKey || (event.shiftKey && event.key.startsWith("Arrow"))) return;
    const atEnd = fraction >= wholeOf(at.part, 1, book.parts) - 1e-4;
    if (event.key === "Escape") back(home);
    else if (event.key === "ArrowRight" || (atEnd && (event.key === " " || event.key === "PageDown") && !event.shiftKey)) go(at.part + 1);
    else if (event.key === "ArrowLeft") go(at.part - 1, 1);
    else return;
    event.preventDefault();
  };
  /** @param {string} path @param {string} hash */
  const follow = (path, hash) => {
    const prefix = bookPartsPath(book);
    const part = path.startsWith(prefix) ? Number(path.slice(prefix.length)) : NaN;
    if (!Number.isInteger(part)) return false;
    go(part, 0, hash || null);
    return true;
  };
  /** @param {number} part @param {string | null} to the id of a place */
  const jump = (part, to) => {
    setListing(false);
    go(part, 0, to);
  };
  /** @param {Highlight} mark */
  const goToMark = (mark) => {
    setShowsMarks(false);
    setWanted(null);
    if (mark.chapter !== at.part) go(mark.chapter);
    setTimeout(() => setWanted(mark.id));
  };
  const isAtEnd = at.part < book.parts - 1 && fraction >= wholeOf(at.part, 1, book.parts) - 1e-4;
  const tools = html`
    ${book.contents.length > 0 && html`<${IconButton}
      icon="table-of-contents"
      label=${t("book.contents")}
      onClick=${() => setListing(true)}
    />`}
    <${IconButton} icon="highlighter" label=${t("marks.open")} onClick=${() => setShowsMarks(true)} />
    <${LookControls} />
  `;
  const foot = html`<div class="reader__turns">
    <${IconButton} icon="chevron-left" label=${t("book.previousPart")} disabled=${at.part === 0} onClick=${() => go(at.part - 1)} />
    <span class="reader__here">${joinDots([heading?.title, percent(fraction * 100)])}</span>
    <${IconButton}
      class=${isAtEnd ? "icon--accent" : ""}
      icon="chevron-right"
      label=${t("book.nextPart")}
      disabled=${at.part >= book.parts - 1}
      onClick=${() => go(at.part + 1)}
    />
  </div>`;
  return html`<${ReaderShell} title=${book.title} home=${home} fraction=${fraction} tools=${tools} foot=${foot} onKey=${key}>
      ${(/** @type {HTMLElement | null} */ paper) => html`<${ReadingFrame}
        key=${at.visit}
        src=${bookPartUrl(book, at.part)}
        title=${t("reader.text", { title: heading?.title ?? book.title })}
        start=${at.within}
        anchor=${at.anchor}
        onMove=${move}
        onKey=${key}
        onSwipe=${(/** @type {1 | -1} */ way) => go(at.part + way, way > 0 ? 0 : 1)}
        onFollow=${follow}
        onText=${setInside}
        paper=${paper}
      />
      ${inside && html`<${Highlighter} key=${at.visit} inside=${inside} chapter=${at.part} marks=${marks} wanted=${wanted} />`}`}
    <//>
    ${showsMarks && html`<${MarksDrawer} media=${book} marks=${marks} onGo=${goToMark} onClose=${() => setShowsMarks(false)} />`}
    ${listing && html`<${ContentsDrawer} book=${book} part=${at.part} onClose=${() => setListing(false)} onGo=${jump} />`}`;
}
