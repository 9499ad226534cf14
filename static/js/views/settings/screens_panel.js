/** Shared screens: one's PIN there, whether this browser is one, and letting another one in. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { people } from "../../api_people.js";
import { Field } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Switch } from "../../components/switch.js";
import { isPin } from "../../profile_words.js";
import { me, toast, toastError } from "../../store.js";
import { t } from "../../strings_people.js";
import { typed } from "../../typed.js";
import { Panel } from "./frame.js";

export function ScreensPanel() {
  const share = async () => {
    try {
      await people.shareScreen({ shared: true });
      location.assign("/who");
    } catch (error) {
      toastError(error);
    }
  };
  return html`<${Panel} title=${t("profile.screens")}>
    <${Switch} label=${t("profile.shared")} hint=${t("profile.sharedHint")} checked=${false} onChange=${share} />
    <div class="panel__actions"><a class="button" href="/link"><${Icon} name="tv" />${t("profile.letIn")}</a></div>
  <//>`;
}

export function PinPanel() {
  const [pin, setPin] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const user = me.value;
  if (!user?.has_password) return null;
  /** @param {string | null} wish */
  const change = async (wish) => {
    setError("");
    try {
      me.value = (await people.changePin({ pin: wish, password })).user;
      toast(t(wish === null ? "profile.pinGone" : "profile.pinSaved"));
      setPin("");
      setPassword("");
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return html`<${Panel} title=${t("profile.pin")} note=${t("profile.pinNote")}>
    <form class="form" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); change(pin); }}>
      <${Field} label=${t("profile.pinNew")} hint=${t("who.pinHint")}>
        <input class="input" type="password" inputmode="numeric" autocomplete="off" maxlength="8" value=${pin} onInput=${typed(setPin)} />
      <//>
      <${Field} label=${t("profile.password")}>
        <input class="input" type="password" autocomplete="current-password" value=${password} onInput=${typed(setPassword)} />
      <//>
      ${error && html`<p class="form__error" role="alert">${error}</p>`}
      <div class="panel__actions">
        <button type="submit" class="button" disabled=${!isPin(pin) || !password}>${t(user.has_pin ? "profile.pinChange" : "profile.pinSet")}</button>
        ${user.has_pin && html`<button type="button" class="button button--plain" disabled=${!password} onClick=${() => change(null)}>${t("profile.pinRemove")}</button>`}
      </div>
    </form>
  <//>`;
}
