/** How the film comes here and why it is converted, in words that say what one could do about it. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { playback } from "../api_playback.js";
import { said } from "../said.js";
import { isAdmin } from "../store.js";
import { playingHeight } from "../player/hls_source.js";
import { kindOf, megabits } from "../player/plan.js";
import { plan } from "../player/presenting.js";
import { t } from "../strings_player.js";
import { channelName, codecName, joinDots } from "../words.js";
import { Facts } from "./facts.js";
import { Icon } from "./icon.js";
import { PlayerPanel } from "./player_panel.js";

/** @import { AudioSide, Plan, VideoSide } from "../player/plan.js" */

const ICONS = /** @type {const} */ ({ direct: "circle-check", remux: "archive", sound: "volume-2", transcode: "zap" });
const REASONS = new Set([
  "container", "video_codec", "video_profile", "ten_bit", "resolution", "audio_codec", "audio_channels", "audio_track", "subtitle_burned", "hdr",
  "quality", "away_cap", "server_cap", "bit_rate", "interlaced", "rotated", "no_keyframes", "hardware_failed",
]);
const HINTS = /** @type {Record<string, "codec" | "quality" | "subtitle">} */ ({
  video_codec: "codec", ten_bit: "codec", quality: "quality", subtitle_burned: "subtitle",
});

/** @param {{ onClose: () => void, onBack: () => void }} props */
export function WhyPanel({ onClose, onBack }) {
  const found = plan.value;
  const speed = useSpeed(found?.session ?? null);
  return html`<${PlayerPanel} title=${t("why.title")} wide onClose=${onClose} onBack=${onBack}>
    ${!found && html`<p class="menu__none">${t("why.unknown")}</p>`}
    ${found && html`<div class="why">
      <p class="why__method"><${Icon} name=${ICONS[kindOf(found)]} /><b>${t(`why.${kindOf(found)}`)}</b></p>
      <p class="why__text">${t(`why.${kindOf(found)}Text`)}</p>
      ${found.reasons.length > 0 && html`<h3 class="menu__head">${t("why.because")}</h3>
        <ul class="why__reasons">${found.reasons.map((reason) => html`<li key=${reason.code}>${sentence(reason)}</li>`)}</ul>`}
      ${hintOf(found) && html`<p class="why__hint">${hintOf(found)}</p>`}
      <${Facts} facts=${factsOf(found, speed)} />
    </div>`}
  <//>`;
}

/** A reason that these words do not know yet comes with the server's own. @param {{ code: string, message: string }} reason */
const sentence = ({ code, message }) => (REASONS.has(code) ? t(/** @type {"reason.container"} */ (`reason.${code}`)) : said(message));

/** @param {Plan} found */
function hintOf(found) {
  const hint = found.reasons.map(({ code }) => HINTS[code]).find(Boolean);
  return hint ? t(`why.hint.${hint}`) : null;
}

/** @param {Plan} found @param {number | null} speed @returns {[string, string | null][]} */
function factsOf({ video, audio, container, encoder }, speed) {
  return [
    [t("why.video"), video && change(pictureText(video.from), video.to && pictureText({ ...video.to, height: playingHeight() ?? video.to.height }))],
    [t("why.audio"), audio && change(soundText(audio.from), audio.to && soundText(audio.to))],
    [t("why.container"), container && change(container.from.toUpperCase(), container.to && container.to.toUpperCase())],
    [t("why.encoder"), encoder && video?.to ? (encoder === "software" ? t("why.software") : encoder.toUpperCase()) : null],
    [t("why.speed"), speed ? t("why.speedText", { speed: Math.round(speed * 10) / 10 }) : null],
  ];
}

/** @param {string} from @param {string | null} to */
const change = (from, to) => (to ? t("why.to", { from, to }) : joinDots([from, t("why.same")]));

/** @param {VideoSide} side */
const pictureText = (side) => joinDots([codecName(side.codec), side.height ? `${side.height}p` : null, side.hdr, side.bit_rate && t("player.quality.rate", { rate: megabits(side.bit_rate) })]);

/** @param {AudioSide} side */
const soundText = (side) => joinDots([codecName(side.codec), channelName(side.channels)]);

/** How fast the server converts; only those who run it may ask. @param {string | null} session */
function useSpeed(session) {
  const [speed, setSpeed] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    if (!session || !isAdmin.value) return undefined;
    const look = () => playback.sessions().then(
      ({ sessions }) => setSpeed(sessions.find((one) => one.id === session)?.speed ?? null),
      // It is a figure beside others: without it, the panel is still true.
      () => undefined,
    );
    void look();
    const timer = setInterval(look, 3000);
    return () => clearInterval(timer);
  }, [session]);
  return speed;
}
