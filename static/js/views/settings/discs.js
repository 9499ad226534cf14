/** What happens to a disc without anyone touching anything. */
import { html } from "htm/preact";
import { api } from "../../api.js";
import { ErrorState } from "../../components/error_state.js";
import { Facts } from "../../components/facts.js";
import { Icon } from "../../components/icon.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { Switch } from "../../components/switch.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { said } from "../../said.js";
import { drives, isAdmin } from "../../store.js";
import { t } from "../../strings.js";
import { changeSettings } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";
import { LanguageField } from "./language_field.js";
import { NumberField } from "./number_field.js";

/** @import { DiscSettings, Drive, Settings } from "../../types.js" */

export const DiscsView = onlyFor(isAdmin, Discs);

function Discs() {
  const resource = useResource("settings", api.settings);
  return html`<${SettingsFrame} title=${t("settings.discs")} note=${t("discs.note")}>
    ${resource.error && !resource.value && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} lines=${6} />`}
    ${resource.value && html`<${Form} settings=${resource.value} onChange=${resource.set} />`}
  <//>`;
}

/** @param {{ settings: Settings, onChange: (settings: Settings) => void }} props */
function Form({ settings, onChange }) {
  const { discs, output } = settings;
  /** @param {Partial<DiscSettings>} change @param {string} label */
  const save = (change, label) => changeSettings(settings, "discs", change, { show: onChange, send: api.editDiscSettings, label });
  return html`
    <${Panel} title=${t("discs.onInsert")}>
      <${Switch}
        label=${t("discs.autoRip")}
        hint=${t("discs.autoRipHint")}
        checked=${discs.auto_rip}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ auto_rip: on }, label)}
      />
      <${Switch}
        label=${t("discs.autoEject")}
        hint=${t("discs.autoEjectHint")}
        checked=${discs.auto_eject}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ auto_eject: on }, label)}
      />
      <${Switch}
        label=${t("discs.notify")}
        hint=${t("discs.notifyHint")}
        checked=${discs.notify}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ notify: on }, label)}
      />
    <//>
    <${Panel} title=${t("discs.what")}>
      <${LanguageField}
        label=${t("discs.audio")}
        codes=${discs.audio_languages}
        allowNone=${false}
        onChange=${(/** @type {string[]} */ codes, /** @type {string} */ label) => save({ audio_languages: codes }, label)}
      />
      <${LanguageField}
        label=${t("discs.subtitles")}
        codes=${discs.subtitle_languages}
        allowNone
        onChange=${(/** @type {string[]} */ codes, /** @type {string} */ label) => save({ subtitle_languages: codes }, label)}
      />
      <${Switch}
        label=${t("discs.extras")}
        hint=${t("discs.extrasHint")}
        checked=${discs.keep_extras}
        onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ keep_extras: on }, label)}
      />
    <//>
    <${Panel} title=${t("discs.work")}>
      <div class="form__row">
        <${NumberField}
          label=${t("discs.simultaneous")}
          hint=${t("discs.simultaneousHint")}
          value=${discs.simultaneous_rips}
          min=${1}
          max=${4}
          onSave=${(/** @type {number} */ value, /** @type {string} */ label) => save({ simultaneous_rips: value }, label)}
        />
        <${NumberField}
          label=${t("discs.stall")}
          hint=${t("discs.stallHint")}
          value=${discs.stall_minutes}
          min=${1}
          max=${240}
          onSave=${(/** @type {number} */ value, /** @type {string} */ label) => save({ stall_minutes: value }, label)}
        />
      </div>
    <//>
    <${Panel} title=${t("discs.output")} note=${t("discs.outputNote")}>
      <${Facts} facts=${[
        [t("discs.format"), output.format], [t("discs.videoEncoder"), output.video_encoder], [t("discs.quality"), String(output.quality)],
        [t("discs.audioEncoder"), output.audio_encoder], [t("discs.preset"), output.preset],
      ]} />
    <//>
    <${Panel} title=${t("discs.drives")}>
      ${drives.value?.length
        ? html`<ul class="rows">${drives.value.map((drive) => html`<${DriveRow}
          key=${drive.id}
          drive=${drive}
        />`)}</ul>`
        : html`<p class="panel__note">${t("discs.noDrives")}</p>`}
    <//>
  `;
}

/** @param {{ drive: Drive }} props */
function DriveRow({ drive }) {
  const state = { empty: t("drive.empty"), reading: t("drive.reading"), ready: t("drive.ready"), unreadable: t("drive.unreadable") };
  return html`<li class="row">
    <${Icon} name=${drive.kind === "image" ? "hard-drive" : "disc-3"} />
    <span class="row__words"><span class="row__title">${drive.name}</span><span class="row__sub">${said(drive.message) ?? drive.disc?.title ?? state[drive.state]}</span></span>
  </li>`;
}
