/** Takes the newest episodes of a podcast along, once or from now on. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Choice } from "../components/choice.js";
import { Icon } from "../components/icon.js";
import { Switch } from "../components/switch.js";
import { toastError } from "../store.js";
import { t } from "../strings_offline.js";
import { newestEpisodes, ruleFor, setRule } from "./newest.js";
import { canKeep } from "./shelf.js";
import { TakeDialog } from "./take_dialog.js";

/** @import { Podcast } from "../types.js" */

const COUNTS = ["1", "3", "5", "10", "25"];

/** @param {{ podcast: Podcast }} props */
export function TakeNewest({ podcast }) {
  const [asks, setAsks] = useState(false);
  const [kept, setKept] = useState(0);
  const [count, setCount] = useState(3);
  useEffect(() => {
    if (canKeep()) void ruleFor(podcast.id).then((rule) => rule && (setKept(rule.count), setCount(rule.count)), () => undefined);
  }, [podcast.id]);
  if (!canKeep()) return null;

  /** @param {number} wanted 0 ends it */
  const keep = async (wanted) => {
    setKept(wanted);
    try {
      await setRule(podcast.id, wanted);
    } catch (error) {
      toastError(error);
    }
  };
  /** @param {number} wanted */
  const choose = (wanted) => {
    setCount(wanted);
    if (kept > 0) void keep(wanted);
  };
  return html`<button type="button" class="button button--plain" title=${t("offline.takeTitle", { title: podcast.title })} onClick=${() => setAsks(true)}>
      <${Icon} name="smartphone" />${kept > 0 ? t("offline.newestKept", { count: kept }) : t("offline.take")}
    </button>
    ${asks && html`<${TakeDialog}
      title=${podcast.title}
      load=${() => newestEpisodes(podcast.id, count)}
      about=${String(count)}
      onClose=${() => setAsks(false)}
    >
      <${Choice}
        label=${t("offline.newest")}
        value=${String(count)}
        options=${COUNTS.map((value) => ({ value, label: value }))}
        onChange=${(/** @type {string} */ value) => choose(Number(value))}
      />
      <${Switch}
        label=${t("offline.keepNewest", { count })}
        hint=${t("offline.keepNewestHint")}
        checked=${kept > 0}
        onChange=${(/** @type {boolean} */ on) => keep(on ? count : 0)}
      />
    <//>`}`;
}
