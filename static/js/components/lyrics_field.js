/** The words of a song; those that know their time follow it, and lead to it. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { call } from "../api.js";
import { position, seek } from "../player.js";
import { lineAt } from "../player/lyrics.js";
import { useResource } from "../resource.js";
import { t } from "../strings_sound.js";

/** @import { Line } from "../player/lyrics.js" */

/** @param {{ id: string }} props */
export function LyricsField({ id }) {
  const found = useResource(`lyrics:${id}`, (options) => /** @type {Promise<{ lines: Line[] }>} */ (call("GET", `/api/media/${id}/lyrics`, undefined, options)));
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));
  const lines = found.value?.lines ?? [];
  const here = lineAt(lines, position.value);
  useEffect(() => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.current?.children[here]?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }, [here]);
  if (!found.value && !found.error) return html`<p class="lyrics lyrics--none" aria-busy="true"></p>`;
  if (!lines.length) return html`<p class="lyrics lyrics--none">${t("now.noLyrics")}</p>`;
  return html`<ol class="lyrics" ref=${list} tabindex="0" aria-label=${t("now.lyrics")}>
    ${lines.map((line, index) => html`<li key=${index} class="lyrics__line" aria-current=${index === here ? "true" : undefined}>
      ${line.at === null ? line.text || "\u00a0" : html`<button type="button" onClick=${() => seek(line.at ?? 0)}>${line.text || "♪"}</button>`}
    </li>`)}
  </ol>`;
}
