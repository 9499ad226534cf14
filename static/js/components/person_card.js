/** One person: a portrait or the first letters on a colour, the name and the part. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { portraitUrl } from "../api_works.js";

/** @param {{ id: string, name: string, hue: number, hasPortrait: boolean, note?: string | null }} props */
export function PersonCard({ id, name, hue, hasPortrait, note }) {
  return html`<a class="person" href=${`/persons/${encodeURIComponent(id)}`}>
    <${Portrait} id=${id} name=${name} hue=${hue} hasPortrait=${hasPortrait} />
    <span class="person__name">${name}</span>
    ${note && html`<span class="person__note">${note}</span>`}
  </a>`;
}

/** @param {{ id: string, name: string, hue: number, hasPortrait: boolean, width?: 342 | 780 }} props */
export function Portrait({ id, name, hue, hasPortrait, width = 342 }) {
  const [broken, setBroken] = useState(false);
  return html`<span class="portrait" style=${{ "--h": hue }} aria-hidden="true">
    ${hasPortrait && !broken
      ? html`<img class="cover__picture" src=${portraitUrl(id, width)} alt="" loading="lazy" decoding="async" onError=${() => setBroken(true)} />`
      : html`<span class="portrait__letters">${initials(name)}</span>`}
  </span>`;
}

/** "AV" for "Ada Verena Vale" @param {string} name */
function initials(name) {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0] ?? "").join("").toLocaleUpperCase();
}
