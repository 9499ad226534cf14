/** How one likes to watch, and how the server converts what a browser cannot play. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { api } from "../../api.js";
import { playback } from "../../api_playback.js";
import { Choice } from "../../components/choice.js";
import { ErrorState } from "../../components/error_state.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { Switch } from "../../components/switch.js";
import { changeChoices, choices } from "../../choices.js";
import { languageName } from "../../format.js";
import { LANGUAGES } from "../../player/tracks.js";
import { useResource } from "../../resource.js";
import { isAdmin, server } from "../../store.js";
import { t } from "../../strings_player.js";
import { changeSettings, changeWithUndo, replaced, savedText } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";
import { NumberField } from "./number_field.js";
import { SelectField } from "./select_field.js";
import { TimelinePanel } from "./timeline_panel.js";

/** @import { Choices } from "../../choices.js" */
/** @import { PlaybackSettings } from "../../api_playback.js" */

const QUALITIES = /** @type {const} */ (["auto", "original", "2160p", "1080p", "720p", "480p", "360p"]);
const HEIGHTS = [2160, 1080, 720, 480];
const HARDWARE = ["auto", "none", "vaapi", "qsv", "nvenc", "videotoolbox"];
const CHIPS = /** @type {Record<string, string>} */ ({ vaapi: "VAAPI", qsv: "Intel Quick Sync", nvenc: "NVIDIA NVENC", videotoolbox: "Apple VideoToolbox" });

export function PlaybackView() {
  useEffect(() => {
    document.title = [t("settings.playback"), server.value?.library_name].filter(Boolean).join(" · ");
  }, []);
  return html`<${SettingsFrame} title=${t("settings.playback")} note=${t("playback.note")}>
    <${Yours} />
    ${isAdmin.value && html`<${Servers} /><${TimelinePanel} />`}
  <//>`;
}

function Yours() {
  const mine = choices.value;
  /** @param {Partial<Choices>} patch @param {string} label */
  const save = (patch, label) => void changeWithUndo(patch, replaced(mine, patch), { send: changeChoices, text: savedText(label) });
  const languages = LANGUAGES.map((code) => ({ value: code, label: languageName(code) })).sort((a, b) => a.label.localeCompare(b.label));
  return html`<${Panel} title=${t("playback.yours")} note=${t("playback.yoursNote")}>
    <${Switch}
      label=${t("playback.autoplay")}
      hint=${t("playback.autoplayHint")}
      checked=${mine.autoplay_next}
      onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ autoplay_next: on }, label)}
    />
    <${Switch}
      label=${t("playback.skipIntros")}
      hint=${t("playback.skipIntrosHint")}
      checked=${mine.skip_intros}
      onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ skip_intros: on }, label)}
    />
    <div class="form__row form__row--even">
      <${SelectField}
        label=${t("playback.audioLanguage")}
        value=${mine.audio_language}
        options=${[{ value: "", label: t("playback.audioOriginal") }, ...languages]}
        onChange=${(/** @type {string} */ code, /** @type {string} */ label) => save({ audio_language: code }, label)}
      />
      <${SelectField}
        label=${t("playback.subtitleLanguage")}
        value=${mine.subtitle_language}
        options=${[{ value: "", label: t("playback.subtitleApp") }, ...languages]}
        onChange=${(/** @type {string} */ code, /** @type {string} */ label) => save({ subtitle_language: code }, label)}
      />
    </div>
    <${Choice}
      label=${t("playback.subtitles")}
      value=${mine.subtitles}
      options=${/** @type {const} */ (["auto", "always", "never"]).map((value) => ({ value, label: t(`playback.subtitles.${value}`) }))}
      onChange=${(/** @type {Choices["subtitles"]} */ subtitles, /** @type {string} */ label) => save({ subtitles }, label)}
    />
    <p class="field__hint">${t("playback.subtitlesHint")}</p>
    <${SelectField}
      label=${t("playback.quality")}
      hint=${t("playback.qualityHint")}
      value=${mine.quality}
      options=${QUALITIES.map((value) => ({ value, label: value === "auto" || value === "original" ? t(`player.quality.${value}`) : value }))}
      onChange=${(/** @type {Choices["quality"]} */ quality, /** @type {string} */ label) => save({ quality }, label)}
    />
  <//>`;
}

function Servers() {
  const resource = useResource("settings", api.settings);
  const settings = resource.value;
  if (resource.error && !settings) return html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`;
  if (!settings) return html`<${TextSkeleton} lines=${5} />`;
  const now = settings.playback;
  /** @param {Partial<PlaybackSettings>} change @param {string} label */
  const save = (change, label) => changeSettings(settings, "playback", change, { show: resource.set, send: playback.editSettings, label });
  const heights = [{ value: "", label: t("playback.noLimit") }, ...HEIGHTS.map((height) => ({ value: String(height), label: `${height}p` }))];
  return html`<${Panel} title=${t("playback.server")} note=${t("playback.serverNote")}>
    <div class="form__row form__row--even">
      <${SelectField}
        label=${t("playback.hardware")}
        value=${now.hardware}
        options=${HARDWARE.map((value) => ({ value, label: CHIPS[value] ?? t(/** @type {"playback.hardware.auto"} */ (`playback.hardware.${value}`)) }))}
        onChange=${(/** @type {string} */ hardware, /** @type {string} */ label) => save({ hardware }, label)}
      />
      <${NumberField}
        label=${t("playback.simultaneous")}
        hint=${t("playback.simultaneousHint")}
        value=${now.simultaneous}
        min=${1}
        max=${16}
        onSave=${(/** @type {number} */ simultaneous, /** @type {string} */ label) => save({ simultaneous }, label)}
      />
    </div>
    <div class="form__row form__row--even">
      <${SelectField}
        label=${t("playback.home")}
        value=${String(now.max_height ?? "")}
        options=${heights}
        onChange=${(/** @type {string} */ height, /** @type {string} */ label) => save({ max_height: height ? Number(height) : null }, label)}
      />
      <${SelectField}
        label=${t("playback.away")}
        value=${String(now.max_height_away ?? "")}
        options=${heights}
        onChange=${(/** @type {string} */ height, /** @type {string} */ label) => save({ max_height_away: height ? Number(height) : null }, label)}
      />
    </div>
    <${Switch}
      label=${t("playback.toneMap")}
      hint=${t("playback.toneMapHint")}
      checked=${now.tone_map}
      onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ tone_map: on }, label)}
    />
  <//>`;
}
