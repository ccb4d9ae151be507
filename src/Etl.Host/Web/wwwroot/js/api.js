// The service's endpoints. Addresses are relative, so that the page works below any path of a reverse proxy.

/** A request that the service refused, with the title of its problem. */
export class Refusal extends Error {
  constructor(status, title) {
    super(title);
    this.status = status;
  }
}

export const events = "api/events";

export const getStatus = signal => send("api/status", { signal });
export const getHistory = () => send("api/history");
/** @param {string|null} from the earliest minute */
export const getTimeline = from => send(`api/timeline${from === null ? "" : `?${new URLSearchParams({ from })}`}`);
export const getPalettes = (after, count) => send(`api/palettes?${new URLSearchParams({ after, count })}`);
/** @param {{id: string} | {like: string}} query a movie, or colours with their shares */
export const getSimilar = (query, count) => send(`api/similar?${new URLSearchParams({ ...query, count })}`);
export const getExplanation = (id, signal) => send(`api/explain?${new URLSearchParams({ id })}`, { signal });
export const thumbnail = id => `api/thumbnail?${new URLSearchParams({ id })}`;

/** @param {{after?: number, reason?: string, interval?: {from: string, to: string}, count: number}} which those that failed first in the interval */
export function getDeadLetters({ after, reason, interval, count }) {
  const query = new URLSearchParams({ count, ...interval && { from: interval.from, to: interval.to } });
  if (after != null) {
    query.set("after", after);
  }
  if (reason) {
    query.set("reason", reason);
  }
  return send(`api/dead-letters?${query}`);
}

/** @param {{keys?: number[], ids?: string[], reason?: string}} which all dead letters when it names none */
export const retry = (which, key) => post("api/dead-letters/retry", which, key);
export const pause = key => post("api/pause", {}, key);
export const resume = key => post("api/resume", {}, key);

function post(address, body, key) {
  const headers = { "Content-Type": "application/json" };
  if (key) {
    headers["X-Api-Key"] = key;
  }
  return send(address, { method: "POST", headers, body: JSON.stringify(body) });
}

async function send(address, request) {
  let response;
  try {
    response = await fetch(address, request);
  } catch {
    throw new Refusal(0, "The service does not answer.");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Refusal(response.status, body?.title ?? `The service answered ${response.status}.`);
  }
  return body;
}
