/** Every shelf of the library on one page, for a phone that has no room beside the page. */
import { html } from "htm/preact";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { number } from "../format.js";
import { places } from "../places.js";
import { stats } from "../store.js";
import { t } from "../strings.js";

export function LibraryView() {
  const counts = stats.value?.counts;
  return html`
    <${PageHead} title=${t("nav.library")} />
    <ul class="places">
      ${places.map(({ href, icon, label, count }) => html`<li key=${href}>
        <a class="places__one" href=${href}>
          <span class="places__mark"><${Icon} name=${icon} /></span>
          <span class="places__name">${t(label)}</span>
          <span class="places__count">${count && counts?.[count] ? number(counts[count]) : ""}</span>
        </a>
      </li>`)}
    </ul>
  `;
}
