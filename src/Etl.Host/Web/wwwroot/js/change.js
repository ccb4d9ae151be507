// Changes something at the service, with the API key where it needs one.

import { notify } from "./dom.js";
import { askForKey, forgetKey, storedKey } from "./key-dialog.js";

const WRONG_KEY = 401;

/**
 * @param {(key: string|null) => Promise<object>} send
 * @returns {Promise<object|null>} the answer, or null when the service did not take it
 */
export async function change(send, needsKey) {
  let key = needsKey ? storedKey() ?? await askForKey() : null;
  while (key !== null || !needsKey) {
    try {
      return await send(key);
    } catch (refusal) {
      if (refusal.status !== WRONG_KEY) {
        notify(refusal.message);
        return null;
      }
      forgetKey();
      needsKey = true;
      key = await askForKey(key === null ? "" : "This is not the API key of the service. Nothing was changed.");
    }
  }
  return null;
}
