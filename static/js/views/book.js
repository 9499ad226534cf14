/** One book: its cover, reading on, and all that is known of it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { binMedia } from "../actions.js";
import { api, downloadUrl } from "../api.js";
import { reading } from "../api_reading.js";
import { AddBookDialog } from "../components/add_book_dialog.js";
import { AddToCollection } from "../components/add_to_collection.js";
import { AgeDialog } from "../components/age_dialog.js";
import { Backdrop } from "../components/backdrop.js";
import { Cover } from "../components/cover.js";
import { EditDialog } from "../components/edit_dialog.js";
import { ErrorState } from "../components/error_state.js";
import { Facts } from "../components/facts.js";
import { Icon } from "../components/icon.js";
import { ProgressBar } from "../components/progress_bar.js";
import { PageSkeleton } from "../components/skeleton.js";
import { date, languageName, size } from "../format.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { back, place } from "../router.js";
import { isAdmin, libraryRevision, mayRip } from "../store.js";
import { t } from "../strings.js";
import { t as ages } from "../strings_ages.js";
import { join, leftText, watched } from "../words.js";

/** @import { Media } from "../types.js" */
/** @import { Book } from "../types_reading.js" */

const TakeAlong = lazy(() => import("../offline/text_button.js"), "TextButton", () => null, ["offline"]);

export function BookView() {
  const id = place.value.params.id ?? "";
  const resource = useResource(
    `book:${id}`,
    async (options) => {
      const [media, book] = await Promise.all([api.media(id, options), reading.book(id, options)]);
      return { media, book };
    },
    libraryRevision.value,
  );
  if (resource.error && !resource.value) return html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${BookPage} key=${id} ...${resource.value} onChange=${resource.reload} />`;
}

/** @param {{ media: Media, book: Book, onChange: () => void }} props */
function BookPage({ media, book, onChange }) {
  usePageTitle(media.title);
  const [asking, setAsking] = useState(/** @type {"edit" | "file" | "collect" | "age" | null} */ (null));
  const done = watched(media);
  const left = leftText(media);
  const authors = book.authors.length ? join(book.authors) : media.artist;
  return html`<article class="detail">
    <${Backdrop} id=${media.id} hue=${media.hue} still=${media.artwork.still} />
    <div class="detail__head">
      <div class="detail__cover"><${Cover}
        id=${media.id}
        title=${media.title}
        note=${authors}
        hue=${media.hue}
        artwork=${media.artwork}
        shape="poster"
        eager
      /></div>
      <div class="detail__words">
        ${book.series && html`<p class="detail__above">${join([book.series, book.series_number])}</p>`}
        <h1 class="detail__title">${media.title}</h1>
        <p class="detail__meta">${shortFacts(media, book, authors).map((fact) => html`<span key=${fact}>${fact}</span>`)}</p>
        ${left !== null && done !== null && html`<div class="detail__progress"><${ProgressBar} value=${done} /><span>${left}</span></div>`}
        <div class="detail__actions">
          ${book.format
            ? html`<a
              class="button button--accent"
              href=${`/read/${media.id}`}
            ><${Icon} name="book-open" />${left === null ? t("action.read") : t("book.readOn")}</a>
              ${left !== null && html`<a
                class="button button--plain"
                href=${`/read/${media.id}?from=start`}
              ><${Icon} name="rotate-ccw" />${t("action.startOver")}</a>`}
              <${TakeAlong} text=${media} />
              <a class="button button--plain" href=${downloadUrl(media.id)} download><${Icon} name="download" />${t("action.download")}</a>`
            : mayRip.value && html`<button
              type="button"
              class="button button--accent"
              onClick=${() => setAsking("file")}
            ><${Icon} name="file-up" />${t("books.attach")}</button>`}
          ${mayRip.value && html`
            <button
              type="button"
              class="button button--plain"
              onClick=${() => setAsking("collect")}
            ><${Icon} name="list-plus" />${t("collect.short")}</button>
            <button
              type="button"
              class="button button--plain"
              onClick=${() => setAsking("edit")}
            ><${Icon} name="pencil" />${t("action.edit")}</button>
            <button
              type="button"
              class="button button--plain"
              onClick=${() => setAsking("age")}
            ><${Icon} name="users" />${ages("age.action")}</button>`}
          ${isAdmin.value && html`<button
            type="button"
            class="button button--plain"
            onClick=${() => bin(media)}
          ><${Icon} name="trash-2" />${t("item.bin")}</button>`}
        </div>
        ${!book.format && html`<p class="notice">${t("book.noFile")}</p>`}
        ${media.offline && html`<p class="notice">${t("player.offline")}</p>`}
        ${media.overview && html`<p class="detail__overview">${media.overview}</p>`}
      </div>
    </div>
    <div class="section section--columns">
      <section>
        <h2 class="section__head">${t("item.about")}</h2>
        <${Facts} facts=${allFacts(media, book, authors)} />
      </section>
      ${book.contents.length > 1 && html`<section>
        <h2 class="section__head">${t("book.contents")}</h2>
        <ol class="contents">
          ${book.contents.map((heading, index) => html`<li key=${index}><a
            class="contents__row"
            style=${{ "--depth": heading.depth }}
            href=${readFrom(media.id, heading)}
          >${heading.title}</a></li>`)}
        </ol>
      </section>`}
    </div>
    ${asking === "edit" && html`<${EditDialog} media=${media} onClose=${() => setAsking(null)} onSaved=${onChange} />`}
    ${asking === "age" && html`<${AgeDialog}
      title=${media.title}
      age=${media.min_age}
      send=${(/** @type {number | null} */ age) => api.editMedia(media.id, age === null ? { unlock: ["min_age"] } : { min_age: age })}
      onClose=${() => setAsking(null)}
    />`}
    ${asking === "file" && html`<${AddBookDialog} book=${media.id} onClose=${() => setAsking(null)} />`}
    ${asking === "collect" && html`<${AddToCollection} media=${media} onClose=${() => setAsking(null)} />`}
  </article>`;
}

/** @param {Media} media */
function bin(media) {
  void binMedia(media);
  back("/books");
}

/** @param {string} id @param {Book["contents"][number]} heading */
function readFrom(id, { part, anchor }) {
  return `/read/${id}?part=${part}${anchor ? `&at=${encodeURIComponent(anchor)}` : ""}`;
}

/** @param {Media} media @param {Book} book @param {string | null} authors @returns {(string | number)[]} */
function shortFacts(media, book, authors) {
  const pages = book.pages > 0 && t("count.pages", { count: book.pages });
  const all = [authors, media.year, pages, book.format?.toUpperCase()];
  return all.filter((fact) => typeof fact === "string" || typeof fact === "number");
}

/** @param {Media} media @param {Book} book @param {string | null} authors @returns {[string, import("../types.js").Children][]} */
function allFacts(media, book, authors) {
  return [
    [t("field.author"), authors],
    [t("field.series"), join([book.series, book.series_number])],
    [t("fact.published"), book.published ?? media.year],
    [t("field.publisher"), book.publisher],
    [t("field.isbn"), book.isbn],
    [t("field.language"), media.language && languageName(media.language)],
    [t("fact.added"), date(media.added_at)],
    [t("fact.library"), media.library.name],
    [t("fact.size"), media.size_bytes > 0 ? size(media.size_bytes) : null],
    [t("fact.path"), media.path && html`<span class="facts__path">${media.path}</span>`],
  ];
}
