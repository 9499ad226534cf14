/** What a profile asks before it opens: its PIN, by keys, touch or a remote control, or its password. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isPin } from "../profile_words.js";
import { walk } from "../spatial.js";
import { t } from "../strings_people.js";
import { typed } from "../typed.js";
import { Icon } from "./icon.js";
import { ProfilePicture } from "./profile_picture.js";

/** @import { Profile } from "../api_people.js" */

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LONGEST = 8;

/**
 * @param {{ profile: Profile, onEnter: (profile: Profile, proof: { pin?: string, password?: string }) => Promise<void>,
 *   onBack: () => void }} props
 */
export function PinPad({ profile, onEnter, onBack }) {
  const [byPin, setByPin] = useState(profile.has_pin);
  const [pin, setPin] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  /** Whoever types digits ends with Enter; whoever walks to them with a remote control presses them by it. */
  const typing = useRef(false);
  const box = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => /** @type {HTMLElement | null} */ (box.current?.querySelector("[data-first]"))?.focus(), [byPin]);

  /** @param {Event} [event] */
  const submit = async (event) => {
    event?.preventDefault();
    setBusy(true);
    setError("");
    try {
      await onEnter(profile, byPin ? { pin } : { password });
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
      setPin("");
      setPassword("");
      setBusy(false);
    }
  };
  /** @param {string} digit */
  const press = (digit) => setPin((now) => (now + digit).slice(0, LONGEST));
  /** @param {KeyboardEvent} event */
  const type = (event) => {
    if (event.key === "Escape") onBack();
    if (walk(event, box.current)) typing.current = false;
    if (!byPin || event.defaultPrevented) return;
    if (/^[0-9]$/.test(event.key)) {
      typing.current = true;
      press(event.key);
    } else if (event.key === "Backspace") setPin((now) => now.slice(0, -1));
    else if (event.key === "Enter" && typing.current && isPin(pin)) submit();
    else return;
    event.preventDefault();
  };
  const key = (/** @type {string} */ digit, /** @type {boolean} */ first = false) => html`<button
    type="button"
    class="pad__key"
    key=${digit}
    data-digit=${digit}
    data-first=${first || undefined}
    aria-label=${t("who.digit", { digit })}
    onClick=${() => press(digit)}
  >${digit}</button>`;

  return html`<form class="pad" ref=${box} onSubmit=${submit} onKeyDown=${type}>
    <${ProfilePicture} id=${profile.id} name=${profile.name} hue=${profile.hue} picture=${profile.has_picture} large />
    <h1 class="pad__title">${t(byPin ? "who.pin" : "who.password", { name: profile.name })}</h1>
    ${byPin
      ? html`<div class="pad__dots" role="img" aria-label=${t("who.pinHint")} aria-live="polite">
          ${Array.from({ length: Math.max(4, pin.length) }, (_, at) => html`<span key=${at} class=${at < pin.length ? "pad__dot pad__dot--set" : "pad__dot"}></span>`)}
        </div>
        <div class="pad__keys">
          ${DIGITS.map((digit) => key(digit, digit === "1"))}
          <button type="button" class="pad__key" aria-label=${t("who.erase")} onClick=${() => setPin((now) => now.slice(0, -1))}><${Icon} name="arrow-left" /></button>
          ${key("0")}
          <button type="submit" class="pad__key pad__key--go" aria-label=${t("who.enter")} disabled=${busy || !isPin(pin)}><${Icon} name="check" /></button>
        </div>`
      : html`<div class="pad__password">
          <input class="input" type="password" data-first required autocomplete="current-password" aria-label=${t("who.password", { name: profile.name })} value=${password} onInput=${typed(setPassword)} />
          ${!profile.has_pin && html`<p class="pad__why">${t("who.passwordWhy")}</p>`}
          <button type="submit" class="button button--accent" disabled=${busy || !password}>${t("who.enter")}</button>
        </div>`}
    <p class="pad__error" role="alert">${error}</p>
    <div class="pad__ways">
      <button type="button" class="button button--plain" onClick=${onBack}><${Icon} name="users" />${t("who.back")}</button>
      ${profile.has_pin && html`<button type="button" class="button button--plain" onClick=${() => setByPin(!byPin)}>${t(byPin ? "who.usePassword" : "who.usePin")}</button>`}
    </div>
  </form>`;
}
