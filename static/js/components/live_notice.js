/** Says when the page may be behind, after the connection has been away for a while. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { connected } from "../live.js";
import { t } from "../strings.js";

/** A short break is nobody's business, ms. */
const PATIENCE_MS = 4000;

export function LiveNotice() {
  const [late, setLate] = useState(false);
  const away = !connected.value;
  useEffect(() => {
    if (!away) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [away]);
  return late ? html`<p class="notice notice--bar" role="status">${t("live.away")}</p>` : null;
}
