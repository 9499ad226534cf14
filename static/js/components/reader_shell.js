/** The quiet room around a text: a bar that leads back, the text, and how far one is. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { look } from "../reading_look.js";
import { back } from "../router.js";
import { t } from "../strings.js";
import { IconButton } from "./icon_button.js";

/** @import { Children } from "../types.js" */

/**
 * @param {{ title: string, home: string, fraction: number, tools: Children, foot?: Children, onKey?: (event: KeyboardEvent) => void,
 *   children: (paper: HTMLElement | null) => Children }} props `home` is where "back" leads without a history;
 *   `fraction` 0..1
 */
export function ReaderShell({ title, home, fraction, tools, foot, onKey, children }) {
  const room = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [paper, setPaper] = useState(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    setPaper(room.current);
    document.documentElement.classList.add("is-reading");
    return () => document.documentElement.classList.remove("is-reading");
  }, []);
  // Music goes on while somebody reads; its bar takes room from the text instead of lying on it.
  useEffect(() => {
    const foot = document.querySelector(".foot");
    if (!foot) return undefined;
    const measure = () => {
      const bar = foot.querySelector(".audio-bar");
      room.current?.style.setProperty("--below", `${bar instanceof HTMLElement ? bar.offsetHeight : 0}px`);
    };
    const watch = new ResizeObserver(measure);
    watch.observe(foot);
    return () => watch.disconnect();
  }, []);
  const listener = useRef(onKey);
  listener.current = onKey;
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const hear = (event) => {
      if (event.target instanceof Element && event.target.closest("input, select, textarea, dialog, .popover__panel")) return;
      listener.current?.(event);
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
  const chosen = look.value.paper;
  return html`<div class="reader" ref=${room} data-paper=${chosen === "auto" ? undefined : chosen}>
    <header class="reader__bar">
      <${IconButton} icon="arrow-left" label=${t("action.back")} onClick=${() => back(home)} />
      <h1 class="reader__title">${title}</h1>
      <div class="reader__tools">${tools}</div>
      <span class="reader__along" aria-hidden="true"><span class="reader__along-fill" style=${{ "--value": fraction }}></span></span>
    </header>
    <div class="reader__stage">${children(paper)}</div>
    ${foot && html`<footer class="reader__foot">${foot}</footer>`}
  </div>`;
}
