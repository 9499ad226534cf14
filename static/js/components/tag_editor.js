/** The tags of a work: links to everything with the same one, and for those who may, a way to change them. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { works } from "../api_works.js";
import { mayRip } from "../store.js";
import { t as words } from "../strings_undo.js";
import { t } from "../strings_works.js";
import { changeWithUndo } from "../undoing.js";
import { withTag } from "../work_words.js";
import { Icon } from "./icon.js";

/** @param {{ workKey: string, tags: string[], hrefOf: (tag: string) => string | null }} props `hrefOf` where the others with a tag are */
export function TagEditor({ workKey, tags: loaded, hrefOf }) {
  const [own, setOwn] = useState(/** @type {string[] | null} */ (null));
  const [text, setText] = useState("");
  const [isAdding, setAdding] = useState(false);
  const tags = own ?? loaded;
  if (!mayRip.value && !tags.length) return null;

  /** @param {string[]} next @param {string} text what is said */
  const save = (next, text) => changeWithUndo(next, tags, { show: setOwn, send: (wish) => works.setTags(workKey, wish), text });
  /** @param {Event} event */
  const add = (event) => {
    event.preventDefault();
    const next = withTag(tags, text);
    setText("");
    if (next === tags) return setAdding(false);
    return void save(next, words("undo.tagAdded", { tag: next.at(-1) ?? "" }));
  };
  return html`<div class="tags" role="group" aria-label=${t("work.tags")}>
    <ul class="tags__list">
      ${tags.map((tag) => html`<li key=${tag} class="chip">
        <${Word} tag=${tag} href=${hrefOf(tag)} />
        ${mayRip.value && html`<button
          type="button"
          class="chip__remove"
          aria-label=${t("work.removeTag", { name: tag })}
          title=${t("work.removeTag", { name: tag })}
          onClick=${() => save(tags.filter((one) => one !== tag), words("undo.tagRemoved", { tag }))}
        ><${Icon} name="x" /></button>`}
      </li>`)}
      ${mayRip.value && !isAdding && html`<li><button type="button" class="chip chip--add" onClick=${() => setAdding(true)}><${Icon} name="plus" />${t("work.addTag")}</button></li>`}
    </ul>
    ${isAdding && html`<form class="tags__form" onSubmit=${add}>
      <input
        class="input tags__input"
        aria-label=${t("work.addTag")}
        placeholder=${t("work.tagHint")}
        maxlength="60"
        autocomplete="off"
        ref=${(/** @type {HTMLInputElement | null} */ input) => input?.focus()}
        value=${text}
        onInput=${(/** @type {any} */ event) => setText(event.target.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && setAdding(false)}
      />
      <button type="submit" class="button">${t("action.add")}</button>
    </form>`}
  </div>`;
}

/** @param {{ tag: string, href: string | null }} props */
function Word({ tag, href }) {
  return href ? html`<a class="chip__word" href=${href}>${tag}</a>` : html`<span class="chip__word">${tag}</span>`;
}
