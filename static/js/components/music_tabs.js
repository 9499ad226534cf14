/** Music by album or by artist. */
import { html } from "htm/preact";
import { navigate } from "../router.js";
import { t } from "../strings.js";
import { Choice } from "./choice.js";

/** @param {{ here: "albums" | "artists" }} props */
export function MusicTabs({ here }) {
  return html`<${Choice}
    quiet
    label=${t("music.by")}
    value=${here}
    options=${[{ value: /** @type {"albums" | "artists"} */ ("albums"), label: t("music.albums") }, { value: /** @type {"albums" | "artists"} */ ("artists"), label: t("music.artists") }]}
    onChange=${(/** @type {"albums" | "artists"} */ to) => navigate(to === "albums" ? "/music" : "/artists", { replace: true, keepFocus: true })}
  />`;
}
