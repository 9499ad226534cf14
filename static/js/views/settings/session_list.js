/** Where one is signed in, each with the way out. */
import { html } from "htm/preact";
import { api } from "../../api.js";
import { ErrorState } from "../../components/error_state.js";
import { Icon } from "../../components/icon.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { when } from "../../format.js";
import { useResource } from "../../resource.js";
import { toast, toastError } from "../../store.js";
import { said } from "../../said.js";
import { t } from "../../strings.js";
import { t as words } from "../../strings_undo.js";

/** @import { Session } from "../../types.js" */

export function SessionList() {
  const resource = useResource("sessions", api.sessions);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  const sessions = resource.value?.sessions;
  if (!sessions) return html`<${TextSkeleton} lines=${2} />`;
  /** At once, because somebody else may hold it. @param {Session} session */
  const end = async (session) => {
    resource.set({ sessions: sessions.filter((one) => one.id !== session.id) });
    try {
      await api.endSession(session.id);
      toast(words("ended.session", { device: said(session.device) || t("account.unknownDevice") }));
    } catch (error) {
      toastError(error);
      resource.reload();
    }
  };
  return html`<ul class="rows">
    ${sessions.map(
      (session) => html`<li key=${session.id} class="row">
        <${Icon} name=${session.is_shared ? "tv" : /iphone|android|phone/i.test(session.device) ? "smartphone" : "laptop"} />
        <span class="row__words"><span class="row__title">${said(session.device) || t("account.unknownDevice")}</span>
          <span class="row__sub">${session.address} · ${session.current ? t("account.thisDevice") : t("account.lastSeen", { when: when(session.last_seen_at) })}</span></span>
        ${!session.current && html`<button
          type="button"
          class="button button--plain"
          aria-label=${t("account.endSession", { device: said(session.device) })}
          onClick=${() => end(session)}
        >${t("account.end")}</button>`}
      </li>`,
    )}
  </ul>`;
}
