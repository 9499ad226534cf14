/** An address that the app does not have. */
import { html } from "htm/preact";
import { EmptyState } from "../components/empty_state.js";
import { t } from "../strings.js";

export function NotFoundView() {
  return html`<${EmptyState}
    page
    icon="disc-3"
    title=${t("notFound.title")}
    text=${t("notFound.text")}
  ><a class="button" href="/">${t("notFound.home")}</a><//>`;
}
