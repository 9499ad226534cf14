/** After how long the shared screens ask who is watching: for the household, and for each of them. */
import { html } from "htm/preact";
import { api } from "../../api.js";
import { people } from "../../api_people.js";
import { duration, when } from "../../format.js";
import { useResource } from "../../resource.js";
import { said } from "../../said.js";
import { t } from "../../strings_people.js";
import { changeWithUndo } from "../../undoing.js";
import { joinDots } from "../../words.js";
import { Panel } from "./frame.js";
import { SelectField } from "./select_field.js";

/** @import { Screen } from "../../api_people.js" */

const MINUTES = [15, 30, 60, 120, 240, 480, 720, 1440, 0];

/** @param {number} minutes */
const words = (minutes) => (minutes ? t("screens.after", { time: duration(minutes * 60) }) : t("screens.never"));

/** @param {number | null} now what is offered beside the usual */
const choices = (now) => {
  const all = now === null || MINUTES.includes(now) ? MINUTES : [now, ...MINUTES];
  return all.map((minutes) => ({ value: String(minutes), label: words(minutes) }));
};

export function SharedScreensPanel() {
  const household = useResource("settings", api.settings);
  const found = useResource("screens", people.screens);
  const minutes = household.value?.screens.ask_after_minutes;
  if (minutes === undefined) return null;
  /** @param {string} wish */
  const save = (wish) => void changeWithUndo(Number(wish), minutes, { send: (one) => people.letScreensAsk(one).then(household.reload) });
  /** @param {Screen} screen @param {string} wish */
  const saveOne = (screen, wish) => void changeWithUndo(wish === "" ? null : Number(wish), screen.ask_after_minutes, {
    send: (one) => people.letScreenAsk(screen.id, one).then(found.reload),
  });
  return html`<${Panel} title=${t("screens.title")} note=${t("screens.note")}>
    <${SelectField} label=${t("screens.all")} value=${String(minutes)} options=${choices(minutes)} onChange=${save} />
    ${(found.value?.screens ?? []).map((screen) => html`<${SelectField}
      key=${screen.id}
      label=${said(screen.device)}
      hint=${joinDots([screen.address, t("screens.last", { name: screen.user, when: when(screen.last_seen_at) })])}
      value=${screen.ask_after_minutes === null ? "" : String(screen.ask_after_minutes)}
      options=${[{ value: "", label: t("screens.asAll", { choice: words(minutes) }) }, ...choices(screen.ask_after_minutes)]}
      onChange=${(/** @type {string} */ wish) => saveOne(screen, wish)}
    />`)}
  <//>`;
}
