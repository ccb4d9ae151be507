// The last day in three bands under one axis: state, limiting stage and failures.

import { getTimeline } from "./api.js";
import { create, partsOf, setAttribute, setText } from "./dom.js";
import { counted, duration, time } from "./format.js";
import { MINUTE, Minutes, STAGES, longest, statesOf } from "./minutes.js";
import { LASTING, STATES } from "./state.js";

const LOAD_AFTER = 5000;
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 240].map(minutes => minutes * MINUTE);
const TICK_WIDTH = 72;
const SPIKE_WIDTH = 12;
const SLACK = 2000; // a failure is counted up to a second after it was stored
const MOST_TOLD = 8; // of the times without work, to a screen reader

export class Timeline {
  #parts;
  #open;
  #minutes = new Minutes();
  #status = null;
  #seen = null;
  #loadedAt = -Infinity;

  /** @param {(interval: {from: string, to: string}, name: string) => void} open shows the movies that failed first in an interval */
  constructor(root, open) {
    const parts = this.#parts = partsOf(root);
    this.#open = open;
    parts.spikes.addEventListener("keydown", event => this.#key(event));
    parts.bands.addEventListener("pointermove", event => this.#pointAt(event.clientX));
    parts.bands.addEventListener("pointerleave", () => this.#summarize());
    new ResizeObserver(() => this.#draw()).observe(parts.state);
  }

  /** Loads again when a minute is over, the state has changed or movies have failed. */
  update(status) {
    this.#status = status;
    const seen = `${status.now.slice(0, 16)} ${status.second.state} ${status.totals.deadLetters}`;
    if (this.#seen !== seen && performance.now() - this.#loadedAt > LOAD_AFTER) {
      this.#seen = seen;
      this.#load();
    }
  }

  async #load() {
    this.#loadedAt = performance.now();
    try {
      this.#minutes.add(await getTimeline(this.#minutes.newest), this.#status.startedAt);
      this.#draw();
    } catch {
      this.#seen = null; // asked for again
    }
  }

  #draw() {
    const { start, end } = this.#minutes.range;
    if (start >= end) {
      return;
    }
    const parts = this.#parts;
    const states = this.#minutes.states;
    const day = end - start > 24 * 60 * MINUTE - 2 * MINUTE;
    setText(parts.span, day ? "last 24 hours" : `since ${time(start)}, when the process started`);
    this.#band(parts.state, states, STATES);
    this.#band(parts.stage, this.#minutes.stages);
    const stateTotals = this.#minutes.totals(Object.keys(STATES), ({ stateSeconds }) => stateSeconds);
    const stageTotals = this.#minutes.totals(STAGES, ({ limitingStageSeconds }) => limitingStageSeconds);
    legend(parts.stateLegend, stateTotals, STATES);
    legend(parts.stageLegend, stageTotals);
    setAttribute(parts.state, "aria-label", `State of the service: ${told(stateTotals, STATES)}${incidents(states)}`);
    setAttribute(parts.stage, "aria-label", `Limiting stage: ${told(stageTotals) || "none"}`);
    this.#spikes();
    this.#axis();
    this.#summarize();
  }

  #band(band, segments, names = {}) {
    band.replaceChildren(...segments.map(({ name, from, to }) => {
      const segment = create("i", `segment ${name}`);
      segment.append(create("span", "", names[name] ?? name));
      this.#place(segment, from, to);
      return segment;
    }));
  }

  #spikes() {
    const { spikes: band } = this.#parts;
    const focused = band.contains(document.activeElement) ? document.activeElement.dataset.begin : null;
    const spikes = this.#minutes.spikes(Math.max(1, Math.floor(band.clientWidth / SPIKE_WIDTH)));
    const highest = Math.max(...spikes.map(({ failures }) => failures));
    const buttons = spikes.map(spike => {
      const button = create("button", "spike");
      const interval = spike.end - spike.begin === MINUTE ? time(spike.begin) : `${time(spike.begin)} to ${time(spike.end)}`;
      const name = `${interval}: ${counted(spike.failures, "failure")}`;
      button.type = "button";
      button.title = name;
      button.dataset.begin = spike.begin;
      button.tabIndex = -1;
      button.setAttribute("aria-label", name);
      button.append(create("i"));
      button.style.setProperty("--height", (spike.failures / highest).toFixed(3));
      button.addEventListener("click", () => this.#open(
        { from: new Date(spike.begin - SLACK).toISOString(), to: new Date(spike.end).toISOString() }, interval));
      this.#place(button, spike.from, spike.to);
      return button;
    });
    band.replaceChildren(...buttons);
    const reached = buttons.find(button => button.dataset.begin === focused) ?? buttons.at(-1);
    if (reached) {
      reached.tabIndex = 0; // one stop of the Tab key for all; the arrows go from one to the next
    }
    if (focused !== null) {
      reached?.focus();
    }
  }

  #key(event) {
    const buttons = [...this.#parts.spikes.children];
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (buttons[to]) {
      event.preventDefault();
      event.target.tabIndex = -1;
      buttons[to].tabIndex = 0;
      buttons[to].focus();
    }
  }

  /** Marks at round times of the local clock. */
  #axis() {
    const { axis } = this.#parts;
    const { start, end } = this.#minutes.range;
    const most = Math.max(1, Math.floor(axis.clientWidth / TICK_WIDTH));
    const step = TICKS.find(step => (end - start) / step <= most) ?? TICKS.at(-1);
    const zone = new Date(end).getTimezoneOffset() * MINUTE;
    const ticks = [];
    for (let at = Math.ceil((start - zone) / step) * step + zone; at <= end; at += step) {
      const tick = create("span", "", time(at));
      this.#place(tick, at, at);
      ticks.push(tick);
    }
    axis.replaceChildren(...ticks);
  }

  #place(element, from, to) {
    const { start, end } = this.#minutes.range;
    element.style.left = `${((from - start) / (end - start) * 100).toFixed(3)}%`;
    if (to > from) {
      element.style.width = `${((to - from) / (end - start) * 100).toFixed(3)}%`;
    }
  }

  #pointAt(x) {
    const { left, width } = this.#parts.state.getBoundingClientRect();
    const { start, end } = this.#minutes.range;
    const minute = this.#minutes.at(start + (x - left) / width * (end - start));
    if (minute === null) {
      this.#summarize();
      return;
    }
    const stage = longest(minute.limitingStageSeconds);
    setText(this.#parts.summary, [
      `${time(minute.from)}: ${told(statesOf(minute), STATES)}`,
      ...stage === null ? [] : [`${stage} limits`],
      counted(minute.settled, "movie"),
      ...minute.deadLetters > 0 ? [counted(minute.deadLetters, "failure")] : [],
      ...minute.reloads > 0 ? ["configuration reloaded"] : [],
    ].join(", "));
  }

  #summarize() {
    setText(this.#parts.summary, `${counted(this.#minutes.settled, "movie")}, ${counted(this.#minutes.failures, "failure")}`);
  }
}

/** `running 5 min, idle 41 s`. */
const told = (totals, names = {}) => totals.map(([name, seconds]) => `${label(name, names)} ${duration(seconds)}`).join(", ");

const label = (name, names) => (names[name] ?? name).toLowerCase();

function legend(list, totals, names = {}) {
  list.replaceChildren(...totals.map(([name, seconds]) => {
    const item = create("span");
    item.append(create("i", `key ${name}`), `${label(name, names)} ${duration(seconds)}`);
    return item;
  }));
}

/** The last times in which the service did not do its work. */
function incidents(segments) {
  const lasting = segments.filter(({ name }) => LASTING.includes(name)).slice(-MOST_TOLD);
  return lasting.length === 0 ? "" : `. ${lasting.map(({ name, from, to }) => `${STATES[name]} ${time(from)} to ${time(to)}`).join(", ")}`;
}
