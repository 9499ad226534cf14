/** Who watches what just now and what that costs, for those who run the server. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { playback } from "../api_playback.js";
import { clock } from "../format.js";
import { said } from "../said.js";
import { isAdmin } from "../store.js";
import { t } from "../strings_player.js";
import { joinDots } from "../words.js";
import { Icon } from "./icon.js";

/** @import { PlaybackSession } from "../api_playback.js" */

const LOOK_MS = 5000;

export function Viewers() {
  const [found, setFound] = useState(/** @type {{ sessions: PlaybackSession[], limit: number } | null} */ (null));
  useEffect(() => {
    if (!isAdmin.value) return undefined;
    const control = new AbortController();
    // What is missing once comes with the next look.
    const look = () => document.visibilityState === "visible" && playback.sessions({ signal: control.signal }).then(setFound, () => undefined);
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      control.abort();
    };
  }, []);
  if (!found?.sessions.length) return null;
  const busy = found.sessions.filter((one) => one.encoder !== null).length;
  return html`<section class="jobs" aria-label=${t("playing.title")}>
    <h2 class="jobs__head">${t("playing.title")}</h2>
    <ul class="viewers">${found.sessions.map((one) => html`<${Row} key=${one.id} session=${one} />`)}</ul>
    ${busy > 0 && html`<p class="jobs__none">${t("playing.limit", { busy, count: found.limit })}</p>`}
  </section>`;
}

/** @param {{ session: PlaybackSession }} props */
function Row({ session: { media_id, title, user, method, quality, encoder, speed, position, reasons } }) {
  const kind = method === "transcode" && encoder === null ? "sound" : method;
  const how = joinDots([
    t("playing.by", { name: user, time: clock(position) }), t(`why.${kind}`), quality !== "auto" && quality !== "original" && quality,
    encoder && speed && t("why.speedText", { speed: Math.round(speed * 10) / 10 }),
  ]);
  return html`<li class="viewer">
    <span class="viewer__mark"><${Icon} name=${encoder ? "zap" : "play"} /></span>
    <span class="viewer__words">
      <a class="viewer__title" href=${`/item/${media_id}`}>${title}</a>
      <span class="viewer__how">${how}</span>
      ${reasons[0] && html`<span class="viewer__why">${reasons.map((reason) => said(reason.message)).join(" ")}</span>`}
    </span>
  </li>`;
}
