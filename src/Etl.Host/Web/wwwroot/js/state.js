// The state of the service in words. It goes by the last seconds: a run over a few movies takes milliseconds.

import { duration, rate, time } from "./format.js";

const NAMES = {
  idle: "Idle",
  running: "Running",
  stalled: "Stalled",
  draining: "Draining",
  waiting: "Waiting for the database",
  outage: "Waiting for covers",
  paused: "Paused",
  standby: "Standby",
};

/** One of the names above. */
export function stateOf({ state, stalledSeconds, moviesPerSecond }) {
  return ["draining", "waiting", "outage", "paused", "standby"].includes(state) ? state
    : stalledSeconds !== null ? "stalled"
    : moviesPerSecond > 0 ? "running"
    : state;
}

export const nameOf = status => NAMES[stateOf(status)] ?? status.state;

/** The title of the tab. */
export function titleOf(status) {
  const name = status.problems.length > 0 && status.state === "idle" ? "Not ready" : nameOf(status);
  return `${stateOf(status) === "running" ? `${name}, ${rate(status.moviesPerSecond)}/s` : name} · Etl`;
}

/** What keeps the service from its work: `bad` for what failed, else what lasts. */
export function bannersOf(status) {
  const banners = status.problems.map(text => ({ text, bad: true }));
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
  if (status.stalledSeconds !== null) {
    const writes = status.run?.stages.some(stage => stage.name === "write" && stage.inProgress > 0);
    const cause = writes ? " The database has not accepted a batch: another program may hold a lock." : "";
    banners.push({ text: `Stalled: no movie has moved for ${duration(status.stalledSeconds)}.${cause}` });
  }
  if (status.state === "draining") {
    banners.push({ text: "The service is draining: it reads no more movies, settles those in flight, and ends." });
  }
  return banners;
}
