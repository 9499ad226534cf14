/** The pictures of a medium: seen, replaced by dropping another one, removed. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { backdropUrl, posterUrl, stillUrl } from "../api.js";
import { works } from "../api_works.js";
import { useResource } from "../resource.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings_works.js";
import { undoable } from "../undoing.js";
import { joinDots } from "../words.js";
import { blurOf } from "../placeholder.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";

/** @import { Media } from "../types.js" */
/** @import { Picture, PictureKind } from "../types_works.js" */

const MOST_BYTES = 30 * 1024 * 1024;
const KINDS = /** @type {Partial<Record<Media["media_type"], PictureKind[]>>} */ ({ track: ["poster"], episode: ["still", "poster"] });
const ALL = /** @type {PictureKind[]} */ (["poster", "backdrop"]);

/** @param {{ media: Media, onClose: () => void, onChange: () => void }} props */
export function ArtworkDialog({ media, onClose, onChange }) {
  const list = useResource(`artwork:${media.id}`, (options) => works.pictures(media.id, options));
  const [version, setVersion] = useState(0);
  /** @param {PictureKind} kind */
  const show = async (kind) => {
    const answer = await works.pictures(media.id);
    if (answer.pictures.some((one) => one.kind === kind)) await refresh(media.id, kind);
    list.set(answer);
    setVersion((count) => count + 1);
    libraryRevision.value += 1;
    onChange();
  };
  /** @param {PictureKind} kind */
  const bringBack = async (kind) => {
    await works.bringPictureBack(media.id, kind);
    await show(kind);
  };
  /** @param {PictureKind} kind @param {File | null} file null removes the own picture */
  const put = async (kind, file) => {
    if (file && !/^image\//.test(file.type)) throw new Error(t("artwork.wrong"));
    if (file && file.size > MOST_BYTES) throw new Error(t("artwork.tooLarge"));
    await (file ? works.addPicture(media.id, kind, file) : works.removePicture(media.id, kind));
    await show(kind);
    undoable(t(file ? "artwork.saved" : "artwork.removed"), () => bringBack(kind), { about: `artwork:${media.id}:${kind}` });
  };
  const pictures = list.value?.pictures ?? [];
  return html`<${Dialog} kind="wide" title=${t("artwork.title")} onClose=${onClose}>
    <div class="dialog__body">
      <p class="form__note">${t("artwork.note")}</p>
      ${list.error && !list.value && html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`}
      ${list.value && html`<div class="frames">
        ${(KINDS[media.media_type] ?? ALL).map((kind) => html`<${Frame}
          key=${`${kind}:${version}`}
          media=${media}
          kind=${kind}
          picture=${pictures.find((one) => one.kind === kind) ?? null}
          onFile=${(/** @type {File | null} */ file) => put(kind, file)}
          onBack=${list.value?.before.includes(kind) ? () => bringBack(kind) : null}
        />`)}
      </div>`}
    </div>
  <//>`;
}

/** @param {{ media: Media, kind: PictureKind, picture: Picture | null, onFile: (file: File | null) => Promise<void>,
 *   onBack: (() => Promise<void>) | null }} props */
function Frame({ media, kind, picture, onFile, onBack }) {
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const isSquare = kind === "poster" && media.media_type === "track";
  const name = t(isSquare ? "artwork.cover" : `artwork.${kind}`);
  /** @param {() => Promise<void>} act */
  const attempt = async (act) => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
    setBusy(false);
  };
  /** @param {File | null | undefined} file */
  const take = (file) => file !== undefined && void attempt(() => onFile(file));
  /** The window takes dropped files, too. @param {DragEvent} event @param {boolean} over */
  const hover = (event, over) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(over);
  };
  return html`<section class=${`frame frame--${isSquare ? "square" : kind}`} aria-label=${name}>
    <label
      class=${`frame__picture ${isOver ? "frame__picture--over" : ""}`}
      style=${{ "--h": media.hue, "--blur": blurOf(picture?.placeholder) }}
      onDrop=${(/** @type {DragEvent} */ event) => {
        hover(event, false);
        take(event.dataTransfer?.files[0]);
      }}
      onDragOver=${(/** @type {DragEvent} */ event) => hover(event, true)}
      onDragEnter=${(/** @type {DragEvent} */ event) => hover(event, true)}
      onDragLeave=${() => setOver(false)}
    >
      ${picture && html`<img class="cover__picture" src=${urlOf(media.id, kind)} alt="" />`}
      <span class="frame__call"><${Icon} name="upload" />${isBusy ? t("artwork.sending") : t("artwork.choose")}</span>
      <input
        class="frame__input"
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif"
        aria-label=${t("artwork.chooseFor", { kind: name })}
        disabled=${isBusy}
        onChange=${(/** @type {any} */ event) => take(event.target.files[0])}
      />
    </label>
    <div class="frame__words">
      <h3>${name}</h3>
      <p class="frame__note">${picture ? joinDots([t(`artwork.from.${picture.source}`), `${picture.width} × ${picture.height}`]) : t("artwork.none")}</p>
      ${picture?.source === "own" && html`<button
        type="button"
        class="button button--plain frame__remove"
        aria-label=${t("artwork.removeOf", { kind: name })}
        disabled=${isBusy}
        onClick=${() => take(null)}
      ><${Icon} name="trash-2" />${t("artwork.remove")}</button>`}
      ${onBack && html`<button
        type="button"
        class="button button--plain frame__remove"
        aria-label=${t("artwork.bringBackOf", { kind: name })}
        disabled=${isBusy}
        onClick=${() => attempt(onBack)}
      ><${Icon} name="undo-2" />${t("artwork.bringBack")}</button>`}
    </div>
    ${error && html`<p class="form__error" role="alert">${error}</p>`}
  </section>`;
}

/** @param {string} media @param {PictureKind} kind */
const urlOf = (media, kind) => ({ poster: posterUrl(media, 342), still: stillUrl(media, 780), backdrop: backdropUrl(media, 1280) })[kind];

/** The browser keeps pictures for a day: those that it has of this one are fetched again. @param {string} media @param {PictureKind} kind */
async function refresh(media, kind) {
  const urls = {
    poster: [posterUrl(media, 342), posterUrl(media, 780)],
    still: [stillUrl(media, 342), stillUrl(media, 780), stillUrl(media, 1280)],
    backdrop: [backdropUrl(media, 1280), backdropUrl(media, 1920)],
  };
  await Promise.all(urls[kind].map((url) => fetch(url, { cache: "reload" }).catch(() => undefined)));
}
