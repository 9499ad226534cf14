/** Pages that are for some only: everybody else finds nothing at their address, and nothing is asked of the server. */
import { computed } from "@preact/signals";
import { html } from "htm/preact";
import { isShared, me } from "./store.js";
import { NotFoundView } from "./views/not_found.js";

/** @import { ComponentType } from "preact" */

/** Nobody's account is changed on a screen that several people use. */
export const isOwnBrowser = computed(() => !isShared.value);
export const isGrownUp = computed(() => me.value?.role !== "kid");
export const mayMakeKeys = computed(() => isGrownUp.value && isOwnBrowser.value);

/**
 * @param {{ readonly value: boolean }} may a signal, whether whoever looks may
 * @param {ComponentType<any>} View
 */
export function onlyFor(may, View) {
  /** @param {Record<string, unknown>} props */
  return function Guarded(props) {
    return may.value ? html`<${View} ...${props} />` : html`<${NotFoundView} />`;
  };
}
