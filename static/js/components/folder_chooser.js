/** Walks through the folders of the machine with the library. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { useResource } from "../resource.js";
import { t } from "../strings_library.js";
import { typed } from "../typed.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";
import { TextSkeleton } from "./skeleton.js";

/** @param {{ start: string | null, onChoose: (path: string) => void }} props */
export function FolderChooser({ start, onChoose }) {
  const [path, setPath] = useState(start);
  const [text, setText] = useState(start ?? "");
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const resource = useResource(`folders:${path ?? ""}`, (options) => shelves.choices(path, options));
  const here = resource.value;
  useEffect(() => {
    if (!here) return;
    setText(here.path);
    list.current?.scrollTo({ top: 0 });
  }, [here?.path]);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    setPath(text.trim() || null);
  };
  return html`
    <form class="chooser__bar" onSubmit=${submit}>
      <input
        class="input"
        aria-label=${t("folders.path")}
        title=${t("folders.pathHint")}
        autocomplete="off"
        autocapitalize="off"
        spellcheck=${false}
        value=${text}
        onInput=${typed(setText)}
      />
      <button type="submit" class="button" disabled=${text === here?.path}>${t("folders.go")}</button>
    </form>
    <div class="chooser" ref=${list}>
      ${resource.error && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
      ${!here && !resource.error && html`<${TextSkeleton} lines=${6} />`}
      ${here && !resource.error && html`
        <ul aria-label=${t("folders.here", { path: here.path })}>
          ${here.parent !== null && html`<li><button
            type="button"
            class="chooser__row"
            onClick=${() => setPath(here.parent)}
          ><${Icon} name="corner-left-up" />${t("folders.up")}</button></li>`}
          ${here.folders.map((folder) => html`<li key=${folder.path}><button
            type="button"
            class="chooser__row"
            onClick=${() => setPath(folder.path)}
          ><${Icon} name="folder" /><span class="chooser__name">${folder.name}</span><${Icon} name="chevron-right" /></button></li>`)}
        </ul>
        ${!here.folders.length && html`<p class="chooser__none">${t("folders.empty")}</p>`}`}
    </div>
    <footer class="dialog__foot">
      <button
        type="button"
        class="button button--accent"
        disabled=${!here || Boolean(resource.error)}
        onClick=${() => here && onChoose(here.path)}
      >${t("folders.take")}</button>
    </footer>`;
}
