/** Account: name, look, password, where one is signed in. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { Choice } from "../../components/choice.js";
import { Field } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { LanguageChoice } from "../../components/language_choice.js";
import { isOwnBrowser, onlyFor } from "../../only_for.js";
import { chooseTheme, me, settleToasts, theme, toast, toastError } from "../../store.js";
import { t } from "../../strings.js";
import { typed } from "../../typed.js";
import { changeWithUndo } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";
import { ProfilePanel } from "./profile_panel.js";
import { PinPanel, ScreensPanel } from "./screens_panel.js";
import { SessionList } from "./session_list.js";

export const AccountView = onlyFor(isOwnBrowser, Account);

function Account() {
  return html`<${SettingsFrame} title=${t("settings.account")}>
    <${NamePanel} />
    <${ProfilePanel} />
    <${Panel} title=${t("account.look")}>
      <${Choice}
        label=${t("account.theme")}
        value=${theme.value}
        options=${[
          { value: "system", label: t("theme.system") },
          { value: "dark", label: t("theme.dark") },
          { value: "light", label: t("theme.light") },
        ]}
        onChange=${chooseTheme}
      />
      <${LanguageChoice} />
    <//>
    ${me.value?.has_password && html`<${PasswordPanel} />`}
    <${PinPanel} />
    <${ScreensPanel} />
    <${Panel} title=${t("account.sessions")} note=${t("account.sessionsNote")}><${SessionList} /><//>
    <button
      type="button"
      class="button button--plain"
      onClick=${signOut}
    ><${Icon} name="log-out" />${t("account.signOut")}</button>
  <//>`;
}

async function signOut() {
  try {
    const { leaveDevice } = await import("../../offline/leaving.js");
    if (!(await leaveDevice())) return;
    await settleToasts();
    await api.logout();
    location.assign("/login");
  } catch (error) {
    toastError(error);
  }
}

function NamePanel() {
  const [name, setName] = useState(me.value?.display_name ?? "");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    await changeWithUndo(name.trim(), me.value?.display_name ?? "", {
      show: setName,
      send: async (display_name) => (me.value = (await api.editMe({ display_name })).user),
    });
  };
  return html`<${Panel} title=${t("account.you")} note=${t("account.signedInAs", { name: me.value?.username ?? "" })}>
    <form class="form form--inline" onSubmit=${submit}>
      <${Field} label=${t("account.name")}>
        <input class="input" required maxlength="100" autocomplete="name" value=${name} onInput=${typed(setName)} />
      <//>
      <button
        type="submit"
        class="button"
        disabled=${!name.trim() || name.trim() === me.value?.display_name}
      >${t("action.save")}</button>
    </form>
  <//>`;
}

function PasswordPanel() {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [error, setError] = useState(/** @type {any} */ (null));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      await api.changePassword({ current_password: old, new_password: fresh });
      setOld("");
      setFresh("");
      toast(t("account.passwordChanged"));
    } catch (reason) {
      setError(reason);
    }
  };
  return html`<${Panel} title=${t("account.password")} note=${t("account.passwordNote")}>
    <form class="form" onSubmit=${submit}>
      <input
        class="unseen"
        type="text"
        autocomplete="username"
        value=${me.value?.username}
        readonly
        tabindex="-1"
        aria-hidden="true"
      />
      <${Field} label=${t("account.oldPassword")}>
        <input
          class="input"
          type="password"
          required
          autocomplete="current-password"
          value=${old}
          onInput=${typed(setOld)}
        />
      <//>
      <${Field} label=${t("account.newPassword")} hint=${t("account.passwordRule")}>
        <input
          class="input"
          type="password"
          required
          minlength="8"
          maxlength="1024"
          autocomplete="new-password"
          value=${fresh}
          onInput=${typed(setFresh)}
        />
      <//>
      ${error && html`<p class="form__error" role="alert">${error.message}</p>`}
      <button type="submit" class="button">${t("account.changePassword")}</button>
    </form>
  <//>`;
}
