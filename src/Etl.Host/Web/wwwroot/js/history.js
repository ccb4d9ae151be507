// The last 600 seconds of the service.

import { LASTING } from "./state.js";

const SECONDS = 600;
const LEAST = 60; // seconds that are shown at least
const MEAN_OF = 10;

export class History {
  #end = 0; // the newest second, of the Unix epoch
  #seconds = Array(SECONDS).fill(null); // null where nothing is known

  /** Takes over what the service remembers. */
  load({ now, seconds }) {
    this.#end = secondOf(now);
    this.#seconds = [...Array(SECONDS).fill(null), ...seconds].slice(-SECONDS);
  }

  /** Adds the newest second; one that was missed stays a gap. */
  add(now, second) {
    const end = Math.max(secondOf(now), this.#end + 1);
    const gap = Math.min(SECONDS, end - this.#end - 1);
    const missed = gap > 1 ? gap : 0; // one second off is the clock's rounding
    this.#seconds = [...this.#seconds, ...Array(missed).fill(null), second].slice(-SECONDS);
    this.#end = end;
  }

  /** Columns for the plot, from the first second that is known: time, each second, the mean of ten seconds, dead letters. */
  columns() {
    const known = this.#seconds.findIndex(second => second !== null);
    const first = Math.min(known < 0 ? SECONDS : known, SECONDS - LEAST);
    const settled = this.#seconds.map(second => second?.settled ?? null);
    const columns = [
      this.#seconds.map((_, index) => this.#timeOf(index)),
      settled,
      means(settled),
      this.#seconds.map(second => second?.deadLetters ?? null),
    ];
    return columns.map(column => column.slice(first));
  }

  /** The second at a time; null when it is not known. */
  at(time) {
    return this.#seconds[time - this.#timeOf(0)] ?? null;
  }

  /** The times at which runs began and configurations were reloaded, and those between which the service did not do its work. */
  marks() {
    const runs = [], reloads = [], spans = [];
    this.#seconds.forEach((second, index) => {
      const time = this.#timeOf(index);
      if (second?.runs > 0) {
        runs.push(time);
      }
      if (second?.reloads > 0) {
        reloads.push(time);
      }
      if (LASTING.includes(second?.state)) {
        const last = spans.at(-1);
        if (last?.state === second.state && last.to === time - 1) {
          last.to = time;
        } else {
          spans.push({ state: second.state, from: time - 1, to: time });
        }
      }
    });
    return { runs, reloads, spans };
  }

  summary() {
    const known = this.#seconds.filter(second => second !== null);
    return {
      known: known.length,
      mean: known.length > 0 ? total(known.map(second => second.settled)) / known.length : null,
      highest: known.reduce((most, { settled }) => Math.max(most, settled), 0),
      deadLetters: total(known.map(second => second.deadLetters)),
    };
  }

  #timeOf(index) {
    return this.#end - SECONDS + 1 + index;
  }
}

const secondOf = time => Math.floor(Date.parse(time) / 1000);
const total = values => values.reduce((sum, value) => sum + value, 0);

function means(values) {
  return values.map((value, index) => {
    if (value === null) {
      return null;
    }
    const window = values.slice(Math.max(0, index - MEAN_OF + 1), index + 1).filter(other => other !== null);
    return total(window) / window.length;
  });
}
