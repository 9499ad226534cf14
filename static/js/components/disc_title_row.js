/** One title of a disc with its checkbox and what tells it from the others. */
import { html } from "htm/preact";
import { duration, languageNames } from "../format.js";
import { t } from "../strings.js";

/** @import { DiscTitle, TitleRole } from "../types.js" */

/** @param {{ title: DiscTitle, chosen: boolean, onFlip: () => void }} props */
export function DiscTitleRow({ title, chosen, onFlip }) {
  const audio = languageNames(title.audio);
  const facts = [
    title.chapters > 1 && t("count.chapters", { count: title.chapters }),
    audio,
    title.subtitles.length > 0 && t("disc.subtitles", { languages: languageNames(title.subtitles) }),
  ].filter(Boolean);
  return html`<li class="titles__item">
    <label class="titles__row">
      <input type="checkbox" class="check" checked=${chosen} onChange=${onFlip} />
      <span class="titles__words">
        <span class="titles__name">${title.name ?? t("disc.titleNumber", { number: title.index })}
          <span class=${`tag tag--${title.role}`}>${roleName(title.role)}</span></span>
        <span class="titles__facts">${facts.join(" · ")}</span>
      </span>
      <span class="titles__time">${duration(title.duration)}</span>
    </label>
  </li>`;
}

/** @param {TitleRole} role */
function roleName(role) {
  const names = {
    feature: t("titleRole.feature"), episode: t("titleRole.episode"), play_all: t("titleRole.play_all"), extra: t("titleRole.extra"),
    decoy: t("titleRole.decoy"), track: t("titleRole.track"),
  };
  return names[role] ?? role;
}
