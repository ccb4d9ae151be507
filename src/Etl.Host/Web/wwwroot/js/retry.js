// Has dead letters tried again, and says what came of it.

import { retry } from "./api.js";
import { notify } from "./dom.js";
import { counted } from "./format.js";
import { askForKey, forgetKey, storedKey } from "./key-dialog.js";

const WRONG_KEY = 401;

/**
 * @param {{keys?: number[], ids?: string[], reason?: string}} which
 * @returns {Promise<boolean>} whether the service took it
 */
export async function retryDeadLetters(which, needsKey) {
  let key = needsKey ? storedKey() ?? await askForKey() : null;
  while (key !== null || !needsKey) {
    try {
      const { retried } = await retry(which, key);
      notify(`${counted(retried, "dead letter")} will be retried`);
      return true;
    } catch (refusal) {
      if (refusal.status !== WRONG_KEY) {
        notify(refusal.message);
        return false;
      }
      forgetKey();
      needsKey = true;
      key = await askForKey(key === null ? "" : "This is not the API key of the service. Nothing was changed.");
    }
  }
  return false;
}
