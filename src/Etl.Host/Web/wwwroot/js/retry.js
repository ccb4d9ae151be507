// Has dead letters tried again, and says what came of it.

import { retry } from "./api.js";
import { change } from "./change.js";
import { notify } from "./dom.js";
import { counted } from "./format.js";

/**
 * @param {{keys?: number[], ids?: string[], reason?: string}} which
 * @returns {Promise<boolean>} whether the service took it
 */
export async function retryDeadLetters(which, needsKey) {
  const answer = await change(key => retry(which, key), needsKey);
  if (answer !== null) {
    notify(`${counted(answer.retried, "dead letter")} will be retried`);
  }
  return answer !== null;
}
