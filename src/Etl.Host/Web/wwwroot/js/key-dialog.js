// Asks for the API key, and keeps it until the tab is closed.

import { partsOf, setText } from "./dom.js";

const NAME = "etl-api-key";
const dialog = document.getElementById("key-dialog");
const form = dialog.querySelector("form");
const parts = partsOf(dialog);

parts.cancel.addEventListener("click", () => dialog.close());

export const storedKey = () => sessionStorage.getItem(NAME);
export const forgetKey = () => sessionStorage.removeItem(NAME);

/**
 * @param {string} refusal why the key is asked for again
 * @returns {Promise<string|null>} the key, or null when the dialog was closed without one
 */
export function askForKey(refusal = "") {
  setText(parts.refusal, refusal);
  form.reset();
  dialog.showModal();
  return new Promise(resolve => {
    form.onsubmit = event => {
      event.preventDefault();
      sessionStorage.setItem(NAME, form.elements.key.value);
      dialog.close();
    };
    dialog.onclose = () => resolve(storedKey());
  });
}
