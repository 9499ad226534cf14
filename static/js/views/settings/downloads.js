/** How videos come from the web, and the tool that fetches them. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api.js";
import { content } from "../../api_content.js";
import { Choice } from "../../components/choice.js";
import { ErrorState } from "../../components/error_state.js";
import { Field } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { Switch } from "../../components/switch.js";
import { languageNames } from "../../format.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { said } from "../../said.js";
import { isAdmin, toastError } from "../../store.js";
import { t } from "../../strings.js";
import { typed } from "../../typed.js";
import { changeSettings } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";
import { ListField } from "./list_field.js";
import { NumberField } from "./number_field.js";

/** @import { DownloadSettings, LiveChoice, Settings } from "../../types.js" */

const HEIGHTS = ["", "2160", "1440", "1080", "720", "480"];
const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const HOST = /^[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?$/;
/** Older than this, sites have probably changed meanwhile, days. */
const STALE = 60;

export const DownloadsView = onlyFor(isAdmin, Downloads);

function Downloads() {
  const resource = useResource("settings", api.settings);
  return html`<${SettingsFrame} title=${t("settings.downloads")} note=${t("downloads.note")}>
    ${resource.error && !resource.value && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} lines=${6} />`}
    ${resource.value && html`<${Form} settings=${resource.value} onChange=${resource.set} />`}
  <//>`;
}

/** @param {{ settings: Settings, onChange: (settings: Settings) => void }} props */
function Form({ settings, onChange }) {
  const { downloads } = settings;
  /** @param {Partial<DownloadSettings>} change @param {string} label */
  const save = (change, label) => changeSettings(settings, "downloads", change, { show: onChange, send: content.editDownloads, label });
  return html`
    <${Panel} title=${t("downloads.what")}>
      <${Height}
        value=${downloads.max_height}
        onSave=${(/** @type {number | null} */ max_height, /** @type {string} */ label) => save({ max_height }, label)}
      />
      <${Switch}
        label=${t("add.audioOnly")}
        hint=${t("add.audioOnlyHint")}
        checked=${downloads.audio_only}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ audio_only: on }, label)}
      />
      <${Switch}
        label=${t("downloads.sponsorblock")}
        hint=${t("downloads.sponsorblockHint")}
        checked=${downloads.sponsorblock}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ sponsorblock: on }, label)}
      />
      <${Choice}
        label=${t("downloads.live")}
        value=${downloads.live}
        options=${[{ value: "refuse", label: t("downloads.liveRefuse") }, { value: "record", label: t("downloads.liveRecord") }]}
        onChange=${(/** @type {LiveChoice} */ live, /** @type {string} */ label) => save({ live }, label)}
      />
      <p class="form__note">${t("downloads.liveHint")}</p>
      <details class="fold">
        <summary class="fold__head">${t("downloads.expert")}</summary>
        <div class="fold__body"><${Format}
          value=${downloads.format}
          onSave=${(/** @type {string} */ format, /** @type {string} */ label) => save({ format }, label)}
        /></div>
      </details>
    <//>
    <${Panel} title=${t("downloads.subtitles")}>
      <${ListField}
        label=${t("downloads.subtitleCodes")}
        hint=${downloads.subtitle_languages.length ? languageNames(downloads.subtitle_languages) : t("downloads.subtitleHint")}
        values=${downloads.subtitle_languages}
        rule=${TAG}
        wrong=${(/** @type {string} */ code) => t("downloads.subtitleWrong", { code })}
        onSave=${(/** @type {string[]} */ codes, /** @type {string} */ label) => save({ subtitle_languages: codes }, label)}
      />
      <${Switch}
        label=${t("downloads.automatic")}
        hint=${t("downloads.automaticHint")}
        checked=${downloads.automatic_subtitles}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ automatic_subtitles: on }, label)}
      />
    <//>
    <${Tool} />
    <${Panel} title=${t("downloads.work")}>
      <div class="form__row">
        <${NumberField}
          label=${t("downloads.simultaneous")}
          hint=${t("downloads.simultaneousHint")}
          value=${downloads.simultaneous}
          min=${1}
          max=${8}
          onSave=${(/** @type {number} */ value, /** @type {string} */ label) => save({ simultaneous: value }, label)}
        />
        <${NumberField}
          label=${t("downloads.perHost")}
          hint=${t("downloads.perHostHint")}
          value=${downloads.per_host}
          min=${1}
          max=${8}
          onSave=${(/** @type {number} */ value, /** @type {string} */ label) => save({ per_host: value }, label)}
        />
      </div>
    <//>
    <${Panel} title=${t("downloads.hosts")} note=${t("downloads.hostsNote")}>
      <${ListField}
        lines
        label=${t("downloads.hostsLabel")}
        hint=${t("downloads.hostsHint")}
        values=${downloads.allowed_hosts}
        rule=${HOST}
        wrong=${(/** @type {string} */ host) => t("downloads.hostWrong", { host })}
        onSave=${(/** @type {string[]} */ hosts, /** @type {string} */ label) => save({ allowed_hosts: hosts }, label)}
      />
    <//>
  `;
}

/** @param {{ value: number | null, onSave: (height: number | null, label: string) => void }} props */
function Height({ value, onSave }) {
  const kept = value === null ? "" : String(value);
  const heights = HEIGHTS.includes(kept) ? HEIGHTS : [...HEIGHTS, kept];
  return html`<${Field} label=${t("downloads.height")}>
    <select
      class="input input--select"
      value=${kept}
      onChange=${typed((height) => onSave(height ? Number(height) : null, t("downloads.height")))}
    >
      ${heights.map((height) => html`<option
        key=${height}
        value=${height}
        selected=${height === kept}
      >${height ? t("downloads.upTo", { height }) : t("downloads.best")}</option>`)}
    </select>
  <//>`;
}

/** @param {{ value: string, onSave: (format: string, label: string) => void }} props */
function Format({ value, onSave }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const keep = () => text.trim() && text.trim() !== value && onSave(text.trim(), t("downloads.format"));
  return html`<${Field} label=${t("downloads.format")} hint=${t("downloads.formatHint")}>
    <input
      class="input"
      autocomplete="off"
      autocapitalize="off"
      spellcheck=${false}
      maxlength="300"
      value=${text}
      onInput=${typed(setText)}
      onChange=${keep}
    />
  <//>`;
}

function Tool() {
  const [revision, setRevision] = useState(0);
  const resource = useResource("downloader", content.downloader, revision);
  const tool = resource.value;
  const updating = tool?.update.state === "running";
  useEffect(() => {
    if (!updating) return undefined;
    const timer = setInterval(() => setRevision((count) => count + 1), 1500);
    return () => clearInterval(timer);
  }, [updating]);

  const update = async () => {
    if (tool) resource.set({ ...tool, update: { state: "running", message: "" } });
    try {
      await content.updateDownloader();
    } catch (error) {
      toastError(error);
    }
    setRevision((count) => count + 1);
  };
  if (resource.error && !tool) return html`<${Panel} title=${t("downloads.tool")}><${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  /><//>`;
  if (!tool) return html`<${Panel} title=${t("downloads.tool")}><${TextSkeleton} lines=${1} /><//>`;
  const stale = tool.age_days > STALE;
  return html`<${Panel} title=${t("downloads.tool")} note=${t("downloads.toolNote")}>
    <div class="row">
      <span class=${stale ? "status status--degraded" : "status status--ok"}><${Icon} name=${stale ? "triangle-alert" : "circle-check"} /></span>
      <span class="row__words">
        <span class="row__title">${t("downloads.version", { version: tool.version })}</span>
        <span class="row__sub">${t("downloads.age", { count: tool.age_days })}</span>
        ${tool.update.message && html`<span
          class=${tool.update.state === "failed" ? "row__hint" : "row__sub"}
          role="status"
        >${said(tool.update.message)}</span>`}
      </span>
      <button
        type="button"
        class="button"
        disabled=${updating}
        onClick=${update}
      ><${Icon} name="refresh-cw" />${updating ? t("downloads.updating") : t("downloads.update")}</button>
    </div>
  <//>`;
}
