/** What was typed or chosen, without the event around it. */

/**
 * @param {(text: string) => unknown} use
 * @returns {(event: Event) => unknown} a listener for inputs and selects
 */
export const typed = (use) => (event) => use(/** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value);
