/** The picture of a profile: its own, or its first letter on its colour. */
import { html } from "htm/preact";
import { profilePictureUrl } from "../api_people.js";
import { initialOf } from "../profile_words.js";

/** @param {{ id: string, name: string, hue: number, picture: boolean, large?: boolean, revision?: number }} props */
export function ProfilePicture({ id, name, hue, picture, large = false, revision = 0 }) {
  return html`<span class="face" style=${{ "--h": hue }} aria-hidden="true">
    ${picture
      ? html`<img class="face__picture" key=${revision} src=${profilePictureUrl(id, large ? 342 : 160, revision)} alt="" draggable=${false} />`
      : html`<span class="face__letter">${initialOf(name)}</span>`}
  </span>`;
}
