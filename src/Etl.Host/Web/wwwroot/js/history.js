// Movies settled in each of the last 600 seconds.

const SECONDS = 600;
const MEAN_OF = 10;

export class History {
  #end = 0; // the newest second, of the Unix epoch
  #settled = Array(SECONDS).fill(null);
  #deadLetters = Array(SECONDS).fill(null);

  /** Takes over what the service remembers. */
  load({ now, seconds }) {
    this.#end = secondOf(now);
    this.#settled = [...Array(SECONDS).fill(null), ...seconds.map(second => second?.settled ?? null)].slice(-SECONDS);
    this.#deadLetters = [...Array(SECONDS).fill(null), ...seconds.map(second => second?.deadLetters ?? null)].slice(-SECONDS);
  }

  /** Adds the newest second; one that was missed stays a gap. */
  add(now, { settled, deadLetters }) {
    const end = Math.max(secondOf(now), this.#end + 1);
    const gap = Math.min(SECONDS, end - this.#end - 1);
    const missed = gap > 1 ? gap : 0; // one second off is the clock's rounding
    this.#settled = [...this.#settled, ...Array(missed).fill(null), settled].slice(-SECONDS);
    this.#deadLetters = [...this.#deadLetters, ...Array(missed).fill(null), deadLetters].slice(-SECONDS);
    this.#end = end;
  }

  /** Columns for the plot: time, each second, the mean of ten seconds, dead letters. */
  columns() {
    const times = this.#settled.map((_, index) => this.#end - SECONDS + 1 + index);
    return [times, this.#settled, means(this.#settled), this.#deadLetters];
  }

  summary() {
    const known = this.#settled.filter(value => value !== null);
    const sum = total(known);
    return {
      known: known.length,
      mean: known.length > 0 ? sum / known.length : null,
      highest: known.reduce((most, value) => Math.max(most, value), 0),
      deadLetters: total(this.#deadLetters),
    };
  }
}

const secondOf = time => Math.floor(Date.parse(time) / 1000);
const total = values => values.reduce((sum, value) => sum + (value ?? 0), 0);

function means(values) {
  return values.map((value, index) => {
    if (value === null) {
      return null;
    }
    const window = values.slice(Math.max(0, index - MEAN_OF + 1), index + 1).filter(other => other !== null);
    return total(window) / window.length;
  });
}
