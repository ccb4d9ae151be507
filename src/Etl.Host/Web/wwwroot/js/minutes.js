// The minutes of the last day, and the shapes in which the timeline shows them.

import { LASTING, STATES } from "./state.js";

export const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BINS = [1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE);

export const STAGES = ["fetch", "decode", "quantize", "write", "extract"];

export class Minutes {
  #minutes = []; // the oldest first
  #start = 0;
  #end = 0;

  /** Takes over the minutes of an answer, of which the first may have been known before, and drops what is older than a day. */
  add({ now, minutes }, startedAt) {
    const fresh = minutes.map(minute => ({ ...minute, from: Date.parse(minute.at) }));
    this.#end = Date.parse(now);
    const known = this.#minutes.filter(({ from }) => fresh.length === 0 || from < fresh[0].from);
    this.#minutes = [...known, ...fresh].filter(({ from }) => from > this.#end - DAY);
    this.#start = Math.max(Date.parse(startedAt), this.#minutes[0]?.from ?? this.#end);
  }

  /** The newest minute, which was not over; null when none is known. */
  get newest() {
    return this.#minutes.at(-1)?.at ?? null;
  }

  /** The time shown, which begins with the data. */
  get range() {
    return { start: this.#start, end: this.#end };
  }

  /** The minute of a time; null when it is not known. */
  at(time) {
    return this.#minutes.find(({ from }) => from <= time && time < from + MINUTE) ?? null;
  }

  /** Neighbouring minutes with one name. */
  segments(nameOf) {
    const segments = [];
    for (const minute of this.#minutes) {
      const name = nameOf(minute);
      const { from, to } = this.#clip(minute.from, minute.from + MINUTE);
      const last = segments.at(-1);
      if (name !== null && last?.name === name && last.to === from) {
        last.to = to;
      } else if (name !== null) {
        segments.push({ name, from, to });
      }
    }
    return segments;
  }

  /** Failures in intervals, at most as many as given; those without a failure are left out. */
  spikes(most) {
    const size = BINS.find(size => this.#end - this.#start <= most * size) ?? BINS.at(-1);
    const spikes = new Map();
    for (const { from, deadLetters } of this.#minutes.filter(minute => minute.deadLetters > 0)) {
      const begin = Math.floor(from / size) * size;
      const spike = spikes.get(begin) ?? { begin, end: begin + size, ...this.#clip(begin, begin + size), failures: 0 };
      spike.failures += deadLetters;
      spikes.set(begin, spike);
    }
    return [...spikes.values()];
  }

  /** Pairs of a name and its seconds, of all minutes. */
  totals(names, secondsOf) {
    return names
      .map(name => [name, this.#sum(minute => secondsOf(minute)[name] ?? 0)])
      .filter(([, seconds]) => seconds > 0);
  }

  get settled() {
    return this.#sum(({ settled }) => settled);
  }

  get failures() {
    return this.#sum(({ deadLetters }) => deadLetters);
  }

  #sum(of) {
    return this.#minutes.reduce((sum, minute) => sum + of(minute), 0);
  }

  #clip(from, to) {
    return { from: Math.max(from, this.#start), to: Math.min(to, this.#end) };
  }
}

/** What keeps the service from its work shows, however short; otherwise the state that lasted longer. */
export const shownState = ({ stateSeconds }) => LASTING.findLast(state => stateSeconds[state]) ?? longest(stateSeconds);

export const shownStage = ({ limitingStageSeconds }) => longest(limitingStageSeconds);

export const statesOf = ({ stateSeconds }) => Object.keys(STATES).filter(state => stateSeconds[state]).map(state => [state, stateSeconds[state]]);

const longest = seconds => Object.entries(seconds).reduce((most, entry) => entry[1] > (most?.[1] ?? 0) ? entry : most, null)?.[0] ?? null;
