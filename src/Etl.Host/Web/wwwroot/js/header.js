// The bar at the top, the totals at the bottom and the title of the tab.

import { announce, partsOf, setText } from "./dom.js";
import { count, counted, duration, rate, time, timeWithSeconds } from "./format.js";

const STATES = {
  idle: "Idle",
  running: "Running",
  draining: "Draining",
  waiting: "Waiting for the database",
};

export class Header {
  #bar;
  #foot;
  #state;

  constructor(bar, foot) {
    this.#bar = partsOf(bar);
    this.#foot = partsOf(foot);
  }

  update(status) {
    const name = STATES[status.state] ?? status.state;
    if (this.#state !== status.state) {
      this.#state = status.state;
      document.body.dataset.state = status.state;
      announce(name);
    }
    setText(this.#bar.catalogue, `${status.database} / ${status.table}`);
    setText(this.#bar.state, name);
    setText(this.#bar.problem, status.problem ?? "");
    this.#bar.problem.hidden = !status.problem;
    this.#totals(status);
    document.title = titleOf(status);
  }

  connection(state, heardAt) {
    document.body.dataset.connection = state;
    const text = state === "live" ? "Live"
      : state === "ended" ? "The service has stopped. Reconnecting…"
      : `Connection lost. Figures from ${timeWithSeconds(heardAt)}. Reconnecting…`;
    setText(this.#bar.connection, text);
    announce(text);
  }

  #totals({ totals, startedAt, now, version }) {
    const started = Date.parse(startedAt);
    setText(
      this.#foot.totals,
      `Since ${time(started)} (${duration((Date.parse(now) - started) / 1000)}): ${counted(totals.runs, "run")}, `
        + `${count(totals.written)} written${totals.damaged > 0 ? ` (${count(totals.damaged)} of damaged covers)` : ""}, ${counted(totals.deadLetters, "dead letter")}, `
        + `${count(totals.superseded)} superseded, ${count(totals.skipped)} skipped${totals.current === 0 ? "" : `, ${count(totals.current)} current`}.`);
    setText(this.#foot.version, `Etl ${version}`);
  }
}

function titleOf({ state, run }) {
  const moving = (state === "running" || state === "draining") && run !== null;
  return moving ? `${rate(run.moviesPerSecond)}/s · Etl` : `${STATES[state] ?? state} · Etl`;
}
