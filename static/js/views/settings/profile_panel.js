/** How one looks where somebody asks who is watching: picture and colour. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { people } from "../../api_people.js";
import { Icon } from "../../components/icon.js";
import { ProfilePicture } from "../../components/profile_picture.js";
import { me, toastError } from "../../store.js";
import { t } from "../../strings_people.js";
import { t as words } from "../../strings_undo.js";
import { changeWithUndo, undoable } from "../../undoing.js";
import { Panel } from "./frame.js";

const HUES = [20, 55, 95, 140, 175, 210, 245, 280, 315, 345];

export function ProfilePanel() {
  const [revision, setRevision] = useState(0);
  const user = me.value;
  if (!user) return null;
  /** @param {() => Promise<unknown>} act */
  const attempt = async (act) => {
    try {
      await act();
    } catch (error) {
      toastError(error);
    }
  };
  /** @param {Event} event */
  const choose = (event) => attempt(async () => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    me.value = (await people.putPicture(file)).user;
    setRevision((count) => count + 1);
    undoable(words("undo.pictureSaved"), bringBack, { about: "picture" });
  });
  const bringBack = async () => {
    me.value = (await people.bringPictureBack()).user;
    setRevision((count) => count + 1);
  };
  const remove = () => attempt(async () => {
    await people.removePicture();
    me.value = { ...user, has_picture: false };
    undoable(words("undo.pictureRemoved"), bringBack, { about: "picture" });
  });
  /** @param {number} hue */
  const colour = (hue) => changeWithUndo(hue, user.hue, {
    show: (wish) => (me.value = { ...user, hue: wish }),
    send: async (wish) => (me.value = (await people.changeColour(wish)).user),
  });
  return html`<${Panel} title=${t("profile.title")} note=${t("profile.note")}>
    <div class="me-face">
      <${ProfilePicture} id=${user.id} name=${user.display_name} hue=${user.hue} picture=${user.has_picture} large revision=${revision} />
      <div class="me-face__ways">
        <label class="button"><${Icon} name="image" />${t("profile.choose")}<input class="unseen" type="file" accept="image/png,image/jpeg,image/webp,image/avif,image/gif" onChange=${choose} /></label>
        ${user.has_picture && html`<button type="button" class="button button--plain" onClick=${remove}><${Icon} name="trash-2" />${t("profile.remove")}</button>`}
      </div>
    </div>
    <fieldset class="hues">
      <legend class="field__label">${t("profile.colour")}</legend>
      ${HUES.map((hue) => html`<label key=${hue} class="hues__one">
        <input class="unseen" type="radio" name="hue" aria-label=${`${t("profile.colour")} ${hue}`} checked=${nearest(user.hue) === hue} onChange=${() => colour(hue)} />
        <span class="hues__spot" style=${{ "--h": hue }}></span>
      </label>`)}
    </fieldset>
  <//>`;
}

/** The spot that stands for a colour. @param {number} hue */
function nearest(hue) {
  const away = (/** @type {number} */ one) => Math.min(Math.abs(one - hue), 360 - Math.abs(one - hue));
  return HUES.reduce((best, one) => (away(one) < away(best) ? one : best));
}
