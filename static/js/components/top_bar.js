/** Search, activity and you: the same on every page. */
import { html } from "htm/preact";
import { isShared, mayRip, me } from "../store.js";
import { t } from "../strings.js";
import { ActivityButton } from "./activity_button.js";
import { Icon } from "./icon.js";
import { SearchBox } from "./search_box.js";

export function TopBar() {
  const you = isShared.value ? "nav.who" : "nav.account";
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
        href=${isShared.value ? "/who" : "/settings/account"}
        aria-label=${t(you)}
        title=${t(you)}
      >${me.value?.has_picture ? html`<img class="bar__face" src=${`/api/profiles/${me.value.id}/picture?width=160`} alt="" />` : html`<${Icon} name=${isShared.value ? "users" : "user"} />`}</a>
    </span>
  </header>`;
}
