/** The box for an address: what is pasted is looked at at once. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { addressIn, completed } from "../links.js";
import { toast } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";

/** @param {{ asked: string, onAsk: (address: string) => void }} props */
export function AddBox({ asked, onAsk }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    // On a phone the keyboard would hide the page that was just opened.
    if (!asked && matchMedia("(hover: hover)").matches) input.current?.focus();
  }, [asked === ""]);

  /** @param {string} value */
  const ask = (value) => {
    const address = completed(value);
    setText(address);
    onAsk(address);
  };
  /** @param {ClipboardEvent} event */
  const paste = (event) => {
    const address = addressIn(event.clipboardData?.getData("text/plain"));
    if (!address) return;
    event.preventDefault();
    ask(address);
  };
  const pasteByButton = async () => {
    try {
      const found = await navigator.clipboard.readText();
      const address = addressIn(found) ?? completed(found);
      if (address) ask(address);
    } catch {
      toast(t("add.pasteYourself"));
      input.current?.focus();
    }
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (text.trim()) ask(text);
  };
  const clear = () => {
    setText("");
    onAsk("");
    input.current?.focus();
  };
  const fresh = text.trim() !== "" && completed(text) !== asked;
  return html`<form class="add-box" onSubmit=${submit}>
    <${Icon} name="link" />
    <input
      ref=${input}
      class="add-box__input"
      type="text"
      inputmode="url"
      autocomplete="off"
      autocapitalize="off"
      spellcheck=${false}
      enterkeyhint="go"
      maxlength="2048"
      aria-label=${t("add.link")}
      placeholder=${t("add.hint")}
      value=${text}
      onInput=${typed(setText)}
      onPaste=${paste}
    />
    ${text && html`<${IconButton} icon="x" label=${t("add.clear")} onClick=${clear} />`}
    ${fresh && html`<button type="submit" class="button button--accent">${t("add.look")}</button>`}
    ${!text && "clipboard" in navigator && html`<button
      type="button"
      class="button"
      onClick=${pasteByButton}
    ><${Icon} name="clipboard-paste" />${t("add.paste")}</button>`}
  </form>`;
}
