/** Before the sign-out: nothing of a person stays on a device that they leave. */
import { html, render } from "htm/preact";
import { Dialog } from "../components/dialog.js";
import { size } from "../format.js";
import { me } from "../store.js";
import { t } from "../strings_offline.js";
import { deliver } from "./outbox.js";
import { endHere } from "./push.js";
import { canKeep, forget, items, loadShelf } from "./shelf.js";

/** Asks, if there is something to lose, and clears this device. @returns {Promise<boolean>} false if one stays */
export async function leaveDevice() {
  if (!canKeep()) return true;
  await loadShelf();
  const here = items.value ?? [];
  if (here.length && !(await ask(here.length, here.reduce((sum, item) => sum + item.have, 0)))) return false;
  await deliver().catch(() => undefined);
  await endHere().catch(() => undefined);
  if (me.value) await forget(me.value.id);
  await navigator.clearAppBadge?.().catch(() => undefined);
  return true;
}

/** @param {number} count @param {number} bytes @returns {Promise<boolean>} */
function ask(count, bytes) {
  const box = document.createElement("div");
  document.body.append(box);
  return new Promise((done) => {
    /** @param {boolean} answer */
    const end = (answer) => {
      render(html``, box);
      box.remove();
      done(answer);
    };
    render(html`<${Dialog} title=${t("offline.leaveTitle")} onClose=${() => end(false)}>
      <div class="dialog__body"><p>${t("offline.leaveText", { count, size: size(bytes) })}</p></div>
      <div class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${() => end(false)}>${t("action.cancel")}</button>
        <button type="button" class="button button--accent" onClick=${() => end(true)}>${t("offline.leave")}</button>
      </div>
    <//>`, box);
  });
}
