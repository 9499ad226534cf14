/** Asks for candidates under other words. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { works } from "../api_works.js";
import { t } from "../strings_works.js";
import { typed } from "../typed.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** @import { Candidate, WorkKind } from "../types_works.js" */

/**
 * @param {{ kind: WorkKind, title: string, artist?: string | null, year?: number | null, autoFocus?: boolean,
 *   onFound: (candidates: Candidate[]) => void }} props what is asked for at first
 */
export function CandidateSearch({ kind: firstKind, title: firstTitle, artist: firstArtist, year: firstYear, autoFocus = false, onFound }) {
  const [kind, setKind] = useState(firstKind);
  const [title, setTitle] = useState(firstTitle);
  const [artist, setArtist] = useState(firstArtist ?? "");
  const [year, setYear] = useState(firstYear ? String(firstYear) : "");
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const [busy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => {
    if (autoFocus) form.current?.querySelector("input")?.select();
  }, []);

  /** @param {Event} event */
  const search = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const isAlbum = kind === "album";
      const question = { kind, title: title.trim(), year: year ? Number(year) : null, artist: isAlbum && artist.trim() ? artist.trim() : null };
      const { candidates } = await works.candidates(question);
      onFound(candidates);
      if (!candidates.length) setError(t("ask.none"));
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
    setBusy(false);
  };
  return html`<form class="ask" ref=${form} onSubmit=${search} role="search" aria-label=${t("review.again")}>
    ${firstKind !== "album" && html`<${Choice}
      quiet
      label=${t("ask.kind")}
      value=${kind}
      options=${[{ value: /** @type {WorkKind} */ ("movie"), label: t("work.movie") }, { value: /** @type {WorkKind} */ ("show"), label: t("work.show") }]}
      onChange=${setKind}
    />`}
    <div class="ask__row">
      <${Field} label=${t("ask.title")}>
        <input class="input" required maxlength="200" autocomplete="off" value=${title} onInput=${typed(setTitle)} />
      <//>
      ${kind === "album"
        ? html`<${Field} label=${t("ask.artist")}><input class="input" maxlength="200" autocomplete="off" value=${artist} onInput=${typed(setArtist)} /><//>`
        : html`<${Field} label=${t("ask.year")}>
            <input class="input input--short" type="number" inputmode="numeric" min="1870" max="2199" value=${year} onInput=${typed(setYear)} />
          <//>`}
      <button type="submit" class="button" disabled=${busy || !title.trim()}><${Icon} name="search" />${busy ? t("ask.searching") : t("ask.go")}</button>
    </div>
    ${error && html`<p class="form__error" role="alert">${error}</p>`}
  </form>`;
}
