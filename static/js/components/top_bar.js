/** Search, activity and you: the same on every page. */
import { html } from "htm/preact";
import { mayRip } from "../store.js";
import { t } from "../strings.js";
import { ActivityButton } from "./activity_button.js";
import { Icon } from "./icon.js";
import { SearchBox } from "./search_box.js";

export function TopBar() {
  return html`<header class="bar">
    <${SearchBox} />
    <span class="bar__end">
      ${mayRip.value && html`<a
        class="icon bar__add"
        href="/add"
        aria-label=${t("nav.addHere")}
        title=${t("nav.addHere")}
      ><${Icon} name="plus" /></a><${ActivityButton} />`}
      <a
        class="icon bar__you"
        href="/settings/account"
        aria-label=${t("nav.account")}
        title=${t("nav.account")}
      ><${Icon} name="user" /></a>
    </span>
  </header>`;
}
