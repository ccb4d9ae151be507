// The minutes of the last day, and the shapes in which the timeline shows them.

import { LASTING, STATES } from "./state.js";

export const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WHOLE = 0.9; // of a run
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

  /** The times of each state. */
  get states() {
    return merged(this.#parts());
  }

  /** The times in which each stage limited, within those of runs. */
  get stages() {
    return merged(this.#parts()
      .filter(({ name, minute }) => name === "running" && longest(minute.limitingStageSeconds) !== null)
      .map(({ from, to, minute: { limitingStageSeconds, stateSeconds } }) => {
        const share = total(Object.entries(limitingStageSeconds)) / stateSeconds.running;
        return { name: longest(limitingStageSeconds), from, to: share > WHOLE ? to : from + (to - from) * share };
      }));
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

  /** The states of each minute, in the order that continues the part before. */
  #parts() {
    let before = null;
    return this.#minutes.flatMap(minute => {
      const parts = partsOf(minute), all = total(parts);
      const { from: begin, to: end } = this.#clip(minute.from, minute.from + MINUTE);
      let sum = 0;
      const at = seconds => begin + (end - begin) * seconds / all;
      return parts
        .toSorted(([first], [second]) => (second === before) - (first === before))
        .map(([name, seconds]) => {
          const from = at(sum);
          sum += seconds;
          before = name;
          return { name, from, to: at(sum), minute };
        });
    });
  }

  #sum(of) {
    return this.#minutes.reduce((sum, minute) => sum + of(minute), 0);
  }

  #clip(from, to) {
    return { from: Math.max(from, this.#start), to: Math.min(to, this.#end) };
  }
}

/** What kept the service from its work has its part; of idle and running, which alternate in a trickle, the longer has that of both. */
function partsOf({ stateSeconds }) {
  const lasting = LASTING.filter(state => stateSeconds[state]).map(state => [state, stateSeconds[state]]);
  const { idle = 0, running = 0 } = stateSeconds;
  return idle + running > 0 ? [[running > idle ? "running" : "idle", idle + running], ...lasting] : lasting;
}

/** Neighbours with one name as one. */
function merged(parts) {
  const segments = [];
  for (const { name, from, to } of parts) {
    const last = segments.at(-1);
    if (last?.name === name && last.to === from) {
      last.to = to;
    } else {
      segments.push({ name, from, to });
    }
  }
  return segments;
}

const total = parts => parts.reduce((sum, [, seconds]) => sum + seconds, 0);

export const statesOf = ({ stateSeconds }) => Object.keys(STATES).filter(state => stateSeconds[state]).map(state => [state, stateSeconds[state]]);

export const longest = seconds => Object.entries(seconds).reduce((most, entry) => entry[1] > (most?.[1] ?? 0) ? entry : most, null)?.[0] ?? null;
