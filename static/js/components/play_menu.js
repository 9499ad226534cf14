/** Quality, speed, sleep timer, and how the film comes here. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { rate, setRate, stopsAtEnd } from "../player.js";
import { playingHeight } from "../player/hls_source.js";
import { kindOf, megabits } from "../player/plan.js";
import { choose, plan } from "../player/presenting.js";
import { MINUTES, sleepArmed, sleepIn, sleepLeft } from "../sleep_timer.js";
import { t } from "../strings_player.js";
import { MenuChoice, MenuChoices, MenuDoor } from "./menu_row.js";
import { PlayerPanel } from "./player_panel.js";
import { WhyPanel } from "./why_panel.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** @param {{ onClose: () => void, onKeys: () => void }} props */
export function PlayMenu({ onClose, onKeys }) {
  const [page, setPage] = useState(/** @type {"quality" | "speed" | "sleep" | "why" | null} */ (null));
  const onBack = () => setPage(null);
  if (page === "quality") return html`<${Quality} onClose=${onClose} onBack=${onBack} />`;
  if (page === "speed") return html`<${Speed} onClose=${onClose} onBack=${onBack} />`;
  if (page === "sleep") return html`<${Sleep} onClose=${onClose} onBack=${onBack} />`;
  if (page === "why") return html`<${WhyPanel} onClose=${onClose} onBack=${onBack} />`;
  const kind = plan.value && kindOf(plan.value);
  return html`<${PlayerPanel} title=${t("player.settings")} onClose=${onClose}>
    ${plan.value && html`<${MenuDoor} icon="monitor" text=${t("player.quality")} value=${qualityNow()} onOpen=${() => setPage("quality")} />`}
    <${MenuDoor} icon="gauge" text=${t("player.speed")} value=${speedName(rate.value)} onOpen=${() => setPage("speed")} />
    <${MenuDoor}
      icon="moon"
      text=${t("speech.sleep")}
      value=${sleepLeft.value !== null ? clock(sleepLeft.value) : stopsAtEnd.value ? t("speech.sleepEnd") : t("player.off")}
      onOpen=${() => setPage("sleep")}
    />
    ${kind && html`<${MenuDoor} icon="info" text=${t("why.title")} value=${t(`why.${kind}`)} onOpen=${() => setPage("why")} />`}
    <span class="menu__keys"><${MenuDoor} icon="keyboard" text=${t("player.keys")} onOpen=${onKeys} /></span>
  <//>`;
}

/** @param {string} id */
function qualityName(id) {
  return id === "auto" ? t("player.quality.auto") : id === "original" ? t("player.quality.original") : id;
}

function qualityNow() {
  const chosen = plan.value?.quality ?? "auto";
  const height = chosen === "auto" ? playingHeight() : null;
  return height ? t("player.quality.now", { height: String(height) }) : qualityName(chosen);
}

/** @param {number} speed */
const speedName = (speed) => (speed === 1 ? t("player.speedNormal") : `${speed}×`);

/** @typedef {{ onClose: () => void, onBack: () => void }} Page */

/** @param {Page} props */
function Quality({ onClose, onBack }) {
  const found = plan.value;
  /** @param {string} quality */
  const take = (quality) => {
    void choose({ quality });
    onClose();
  };
  const named = [{ id: "auto", bit_rate: null }, ...(found?.qualities ?? []).filter((one) => one.id !== "auto")];
  return html`<${PlayerPanel} title=${t("player.quality")} onClose=${onClose} onBack=${onBack}>
    <${MenuChoices} label=${t("player.quality")}>${named.map((one) => html`<${MenuChoice}
      key=${one.id}
      text=${qualityName(one.id)}
      note=${one.bit_rate ? t("player.quality.rate", { rate: megabits(one.bit_rate) }) : null}
      chosen=${found?.quality === one.id}
      onChoose=${() => take(one.id)}
    />`)}<//>
  <//>`;
}

/** @param {Page} props */
function Speed({ onClose, onBack }) {
  return html`<${PlayerPanel} title=${t("player.speed")} onClose=${onClose} onBack=${onBack}>
    <${MenuChoices} label=${t("player.speed")}>${SPEEDS.map((speed) => html`<${MenuChoice}
      key=${speed}
      text=${speedName(speed)}
      chosen=${rate.value === speed}
      onChoose=${() => setRate(speed)}
    />`)}<//>
  <//>`;
}

/** @param {Page} props */
function Sleep({ onClose, onBack }) {
  /** @param {number | "end" | null} when */
  const take = (when) => {
    sleepIn(when);
    onClose();
  };
  return html`<${PlayerPanel} title=${t("speech.sleep")} onClose=${onClose} onBack=${onBack}>
    <${MenuChoices} label=${t("speech.sleep")}>
      <${MenuChoice} text=${t("player.off")} chosen=${!sleepArmed.value} onChoose=${() => take(null)} />
      ${MINUTES.map((count) => html`<${MenuChoice}
        key=${count}
        text=${t("speech.sleepMinutes", { count })}
        chosen=${false}
        onChoose=${() => take(count)}
      />`)}
      <${MenuChoice} text=${t("speech.sleepEnd")} chosen=${stopsAtEnd.value} onChoose=${() => take("end")} />
    <//>
  <//>`;
}
