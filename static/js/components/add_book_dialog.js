/** Adds a book: its file, or a record of one that stands on a shelf of wood. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { reading } from "../api_reading.js";
import { navigate } from "../router.js";
import { drawerOpen, libraryRevision, putJob, toast } from "../store.js";
import { t } from "../strings.js";
import { Choice } from "./choice.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { FileDrop } from "./file_drop.js";

/** @import { Added } from "../types.js" */
/** @import { NewBook } from "../types_reading.js" */

const FIELDS = /** @type {const} */ ([
  ["title", "field.title", "text"], ["author", "field.author", "text"], ["series", "field.series", "text"],
  ["year", "field.year", "number"], ["isbn", "field.isbn", "text"],
]);

/** @param {{ onClose: () => void, book?: string | null }} props `book` is the record that gets its file, null for a new one */
export function AddBookDialog({ onClose, book = null }) {
  const [way, setWay] = useState(/** @type {"file" | "hand"} */ ("file"));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [sent, setSent] = useState(/** @type {{ name: string, fraction: number } | null} */ (null));

  /** @param {File} file */
  const send = async (file) => {
    setError(null);
    setSent({ name: file.name, fraction: 0 });
    try {
      arrived(await reading.addBookFile(file, book, (fraction) => setSent({ name: file.name, fraction })), onClose);
    } catch (reason) {
      setError(reason);
      setSent(null);
    }
  };
  const file = html`<${FileDrop}
    label=${t("books.drop")}
    hint=${t("books.formats")}
    accept=".epub,.pdf,.cbz,application/epub+zip,application/pdf"
    fraction=${sent ? sent.fraction : null}
    name=${sent?.name}
    onFile=${send}
  />`;
  return html`<${Dialog} title=${book ? t("books.attach") : t("books.add")} onClose=${onClose}>
    <div class="dialog__body">
      ${!book && html`<${Choice}
        quiet
        label=${t("books.add")}
        value=${way}
        options=${[{ value: "file", label: t("books.byFile") }, { value: "hand", label: t("books.byHand") }]}
        onChange=${(/** @type {"file" | "hand"} */ next) => {
          setWay(next);
          setError(null);
        }}
      />`}
      ${way === "file"
        ? html`${file}<p class="form__note">${t("books.fileNote")}</p>${error && html`<p class="form__error" role="alert">${error.message}</p>`}`
        : html`<${RecordForm} onClose=${onClose} />`}
    </div>
  <//>`;
}

/** @param {{ onClose: () => void }} props */
function RecordForm({ onClose }) {
  const [values, setValues] = useState(/** @type {Record<string, string>} */ ({}));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      arrived(await reading.addBook(filled(values)), onClose);
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  return html`<form class="form" onSubmit=${submit}>
    <p class="form__note">${t("books.handNote")}</p>
    ${FIELDS.map(([name, label, type]) => html`<${Field}
      key=${name}
      label=${t(label)}
      error=${error?.field === name ? error.message : null}
    >
      <input
        class=${type === "number" ? "input input--short" : "input"}
        type=${type}
        inputmode=${type === "number" ? "numeric" : undefined}
        required=${name === "title"}
        maxlength="500"
        value=${values[name] ?? ""}
        onInput=${(/** @type {any} */ event) => setValues({ ...values, [name]: event.target.value })}
      />
    <//>`)}
    ${error && !FIELDS.some(([name]) => name === error.field) && html`<p class="form__error" role="alert">${error.message}</p>`}
    <button type="submit" class="button button--accent" disabled=${busy || !values.title?.trim()}>${t("action.add")}</button>
  </form>`;
}

/** @param {Record<string, string>} values @returns {NewBook} */
function filled(values) {
  /** @type {Record<string, string | number>} */
  const book = {};
  for (const [name, text] of Object.entries(values)) if (text.trim()) book[name] = name === "year" ? Number(text) : text.trim();
  return /** @type {NewBook} */ (book);
}

/** @param {Added} added @param {() => void} onClose */
function arrived(added, onClose) {
  onClose();
  libraryRevision.value += 1;
  if (added.media_id) return navigate(`/books/${added.media_id}`);
  if (added.job) putJob(added.job);
  toast(t("books.onItsWay"), { action: t("activity.title"), run: () => (drawerOpen.value = true) });
}
