/** The name and password that a feed asks for. They are kept encrypted and shown to nobody. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { content } from "../api_content.js";
import { podcastRevision, toast } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Field } from "./field.js";

/** @import { Podcast } from "../types.js" */

/** @param {{ podcast: Podcast, onSaved: () => void }} props */
export function PodcastPassword({ podcast, onSaved }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState(/** @type {string | null} */ (null));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      await content.editPodcast(podcast.id, { username, password });
      await content.refreshPodcast(podcast.id);
      podcastRevision.value += 1;
      toast(t("podcast.passwordSaved"));
      onSaved();
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
  };
  return html`<details class="fold">
    <summary class="fold__head">${podcast.is_private ? t("podcast.newPassword") : t("podcast.private")}</summary>
    <form class="form fold__body" onSubmit=${submit}>
      <${Field} label=${t("podcast.username")}>
        <input
          class="input"
          required
          autocomplete="off"
          autocapitalize="off"
          value=${username}
          onInput=${typed(setUsername)}
        />
      <//>
      <${Field} label=${t("account.password")}>
        <input
          class="input"
          type="password"
          required
          autocomplete="off"
          value=${password}
          onInput=${typed(setPassword)}
        />
      <//>
      ${error && html`<p class="form__error" role="alert">${error}</p>`}
      <button type="submit" class="button" disabled=${!username || !password}>${t("action.save")}</button>
    </form>
  </details>`;
}
