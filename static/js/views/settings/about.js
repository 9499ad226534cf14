/** How the box is: its loops, its tools, its room. */
import { html } from "htm/preact";
import { api } from "../../api.js";
import { ErrorState } from "../../components/error_state.js";
import { Facts } from "../../components/facts.js";
import { Icon } from "../../components/icon.js";
import { ProgressBar } from "../../components/progress_bar.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { duration, number, size, when } from "../../format.js";
import { isGrownUp, onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { said } from "../../said.js";
import { server, stats } from "../../store.js";
import { t } from "../../strings.js";
import { Panel, SettingsFrame } from "./frame.js";

/** @import { Loop, Stats, Tool } from "../../types.js" */

export const AboutView = onlyFor(isGrownUp, About);

function About() {
  const resource = useResource("health", api.health);
  const health = resource.value;
  return html`<${SettingsFrame} title=${t("settings.about")}>
    ${resource.error && !health && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!health && !resource.error && html`<${TextSkeleton} lines=${6} />`}
    ${health &&
    html`<section class="panel panel--status">
      <span class=${`status status--${health.status}`}><${Icon} name=${health.status === "ok" ? "circle-check" : "triangle-alert"} /></span>
      <div><h2 class="panel__title">${health.status === "ok" ? t("about.ok") : t("about.degraded")}</h2>
        <p class="panel__note">${server.value?.library_name} ${health.version ?? server.value?.version}</p></div>
    </section>`}
    ${stats.value && html`<${Room} stats=${stats.value} />`}
    ${health?.tools && html`<${Panel} title=${t("about.tools")}><ul class="rows">${health.tools.map((tool) => html`<${ToolRow}
      key=${tool.name}
      tool=${tool}
    />`)}</ul><//>`}
    ${health?.loops && html`<${Panel} title=${t("about.loops")}><ul class="rows">${health.loops.map((loop) => html`<${LoopRow}
      key=${loop.name}
      loop=${loop}
    />`)}</ul><//>`}
  <//>`;
}

/** @param {{ stats: Stats }} props */
function Room({ stats: { counts, total_bytes, total_duration, free_bytes, capacity_bytes, offline } }) {
  const used = capacity_bytes ? ((capacity_bytes - free_bytes) / capacity_bytes) * 100 : 0;
  return html`<${Panel} title=${t("about.storage")}>
    ${offline
      ? html`<p class="notice">${t("about.offline")}</p>`
      : html`<p class="panel__note">${t("about.free", { free: size(free_bytes), whole: size(capacity_bytes) })}</p><div class="room"><${ProgressBar} value=${used} /></div>`}
    <${Facts} facts=${[
      [t("about.library"), `${size(total_bytes)}, ${duration(total_duration)}`],
      [t("nav.films"), number(counts.movie)], [t("nav.shows"), `${number(counts.show)} (${t("count.episodes", { count: counts.episode })})`],
      [t("nav.music"), `${t("count.albums", { count: counts.album })} (${t("count.tracks", { count: counts.track })})`],
    ]} />
  <//>`;
}

/** @param {{ tool: Tool }} props */
function ToolRow({ tool }) {
  const there = tool.version !== null;
  return html`<li class="row">
    <span class=${there ? "status status--ok" : "status status--degraded"}><${Icon} name=${there ? "circle-check" : "triangle-alert"} /></span>
    <span class="row__words"><span class="row__title">${tool.name} ${there && html`<code class="row__code">${said(tool.version)}</code>`}</span>
      <span class="row__sub">${there ? said(tool.needed_for) : t("about.missing", { needed: said(tool.needed_for) })}</span>
      ${!there && html`<span class="row__hint">${said(tool.hint)}</span>`}</span>
  </li>`;
}

/** @param {{ loop: Loop }} props */
function LoopRow({ loop }) {
  const facts = [said(loop.state), loop.last_beat_at ? when(loop.last_beat_at) : null, loop.restarts ? t("about.restarts", { count: loop.restarts }) : null];
  return html`<li class="row">
    <span class=${loop.error ? "status status--degraded" : "status status--ok"}><${Icon} name=${loop.error ? "triangle-alert" : "activity"} /></span>
    <span class="row__words"><span class="row__title">${loop.name}</span><span class="row__sub">${facts.filter(Boolean).join(" · ")}</span>
      ${loop.error && html`<span class="row__hint">${said(loop.error)}</span>`}</span>
  </li>`;
}
