/** "Resumed at 12:03", with the way to the beginning, for a few seconds. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { clock } from "../format.js";
import { resumedAt, seek } from "../player.js";
import { t } from "../strings.js";

const SHOWN_MS = 7000;

export function ResumeHint() {
  const at = resumedAt.value;
  useEffect(() => {
    if (at === null) return undefined;
    const timer = setTimeout(() => (resumedAt.value = null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [at]);
  if (at === null) return null;
  return html`<p class="player__resumed" role="status">
    ${t("player.resumed", { time: clock(at) })}
    <button type="button" class="player__over" onClick=${() => seek(0)}>${t("action.startOver")}</button>
  </p>`;
}
