// The state of the service in words.

import { counted, duration, rate, time } from "./format.js";

/** The states in the order of their seriousness. */
export const STATES = {
  idle: "Idle",
  running: "Running",
  paused: "Paused",
  standby: "Standby",
  draining: "Draining",
  notReady: "Not ready",
  stalled: "Stalled",
  outage: "Waiting for covers",
  locked: "Database locked",
  waiting: "Waiting for the database",
};

/** The states in which the service does not do its work. */
export const LASTING = Object.keys(STATES).slice(2);

/** One of the states. It goes by the last seconds: a run over a few movies takes milliseconds. */
export const stateOf = ({ second, moviesPerSecond }) => second.state === "idle" && moviesPerSecond > 0 ? "running" : second.state;

export const nameOf = status => STATES[stateOf(status)];

/** The title of the tab. */
export const titleOf = status =>
  `${stateOf(status) === "running" ? `${nameOf(status)}, ${rate(status.moviesPerSecond)}/s` : nameOf(status)} · Etl`;

/** What keeps the service from its work: `bad` for what failed, else what lasts. */
export function bannersOf(status) {
  const banners = status.problems.map(text => ({ text: status.state === "waiting" ? `${text} The service tries again by itself.` : text, bad: true }));
  if (status.outage !== null) {
    const { since, cause } = status.outage;
    banners.unshift({ text: `Covers cannot be read since ${time(Date.parse(since))}: ${cause}. Movies wait, and go on by themselves.`, bad: true });
  }
  if (status.pausedAt !== null) {
    banners.push({ text: `Paused since ${time(Date.parse(status.pausedAt))}: no movie is read until the service is resumed.` });
  }
  if (status.standby !== null) {
    banners.push({ text: status.standby });
  }
  if (status.lockedSeconds !== null) {
    if (status.state !== "waiting") { // then it is one of the problems
      banners.push({ text: `The database has not accepted a batch for ${duration(status.lockedSeconds)}: another program holds a lock. Movies wait, and go on by themselves.` });
    }
  } else if (status.stalledSeconds !== null) {
    banners.push({ text: `Stalled: no movie has moved for ${duration(status.stalledSeconds)}.` });
  }
  if (status.state === "draining") {
    const inFlight = status.run?.inFlight ?? 0;
    banners.push({ text: `The service is draining: it reads no more movies, settles the ${counted(inFlight, "movie")} in flight, and ends.` });
  }
  return banners;
}
