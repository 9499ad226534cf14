/** Follows a web list, or changes by which rules it is followed. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { reading } from "../api_reading.js";
import { collectionRevision, toastError } from "../store.js";
import { t } from "../strings.js";
import { undoable } from "../undoing.js";
import { Dialog } from "./dialog.js";
import { FollowRules } from "./follow_rules.js";

/** @import { FollowRules as Rules } from "../types.js" */
/** @import { Collection } from "../types_reading.js" */

/** @param {{ collection: Collection, onClose: () => void, onChange: () => void }} props */
export function FollowDialog({ collection, onClose, onChange }) {
  const followed = collection.subscription;
  const [rules, setRules] = useState(() => rulesOf(collection));
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await reading.follow(collection.id, rules);
      collectionRevision.value += 1;
      onChange();
      onClose();
      undoable(followed ? t("settings.saved") : t("follow.started", { title: collection.title }), again);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(t("error.unexpected")));
      setBusy(false);
    }
  };
  /** As it was followed before, or not at all. */
  const again = async () => {
    await (followed ? reading.follow(collection.id, rulesOf(collection)) : reading.unfollow(collection.id));
    collectionRevision.value += 1;
    onChange();
  };
  const stop = async () => {
    onClose();
    try {
      await reading.unfollow(collection.id);
      onChange();
      undoable(t("follow.stopped", { title: collection.title }), again);
    } catch (reason) {
      toastError(reason);
    }
  };
  return html`<${Dialog} title=${followed ? t("follow.edit") : t("follow.title")} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        <p class="form__note">${t("follow.note")}</p>
        <${FollowRules} rules=${rules} onChange=${setRules} />
      </div>
      ${error && html`<p class="form__error" role="alert">${error.message}</p>`}
      <footer class="dialog__foot">
        ${followed && html`<button type="button" class="button button--plain dialog__aside" onClick=${stop}>${t("follow.stop")}</button>`}
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent" disabled=${busy}>${followed ? t("action.save") : t("follow.start")}</button>
      </footer>
    </form>
  <//>`;
}

/** The rules of a subscription, without what is not set. @param {Collection} collection @returns {Rules} */
function rulesOf({ subscription }) {
  if (!subscription) return {};
  const { title_include, title_exclude, min_seconds, max_seconds, since, keep_last, audio_only } = subscription;
  const all = { title_include, title_exclude, min_seconds, max_seconds, since, keep_last, audio_only };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined && value !== false && value !== ""));
}
