/** The one search box: "/" or Ctrl/Cmd+K from anywhere, results as you type. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { back, navigate, place } from "../router.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

/** How long after a question the next one comes at the earliest, ms; the first letter is a question at once. */
const PAUSE_MS = 140;

export function SearchBox() {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const askedAt = useRef(-PAUSE_MS);
  const onSearch = place.value.name === "search";
  const asked = onSearch ? (place.value.query.get("q") ?? "") : "";
  const [text, setText] = useState(asked);

  // The address decides, except while somebody types.
  useEffect(() => {
    if (document.activeElement !== input.current || !onSearch) setText(asked);
  }, [asked, onSearch]);
  useEffect(() => {
    if (onSearch && !asked) input.current?.focus();
  }, [onSearch]);
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const summon = (event) => {
      const combined = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k";
      const slash = event.key === "/" && !event.metaKey && !event.ctrlKey && !typesText(event.target);
      if ((!combined && !slash) || place.value.name === "player" || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener("keydown", summon);
    return () => removeEventListener("keydown", summon);
  }, []);

  /** @param {string} value */
  const ask = (value) => {
    askedAt.current = performance.now();
    const to = value.trim() ? `/search?q=${encodeURIComponent(value.trim())}` : "/search";
    navigate(to, { replace: place.value.name === "search", keepFocus: true });
  };
  /** @param {Event} event */
  const type = (event) => {
    const value = /** @type {HTMLInputElement} */ (event.target).value;
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(value), askedAt.current + PAUSE_MS - performance.now());
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    clearTimeout(timer.current);
    ask(text);
  };
  /** @param {KeyboardEvent} event */
  const leave = (event) => {
    if (event.key !== "Escape") return;
    clearTimeout(timer.current);
    input.current?.blur();
    setText("");
    if (place.value.name === "search") back("/");
  };
  return html`<form class="search" role="search" onSubmit=${submit}>
    <${Icon} name="search" />
    <input
      ref=${input}
      class="search__input"
      type="search"
      name="q"
      autocomplete="off"
      spellcheck=${false}
      enterkeyhint="search"
      aria-label=${t("search.label")}
      placeholder=${t("search.hint")}
      value=${text}
      onInput=${type}
      onKeyDown=${leave}
    />
    <kbd class="search__key" aria-hidden="true">${/Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K"}</kbd>
  </form>`;
}

/** @param {EventTarget | null} target */
const typesText = (target) => target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
