// How far the run is, how fast, and when it will be done.

import { partsOf, setAttribute, setText } from "./dom.js";
import { count, counted, duration, rate, time, until } from "./format.js";

const isRunning = run => run.ending === "running";
const settledOf = run => run.written + run.deadLetters + run.superseded + run.skipped + run.current;

export class Progress {
  #parts;

  constructor(root) {
    this.#parts = partsOf(root);
  }

  update(status) {
    const parts = this.#parts;
    const { run } = status;
    const [headline, detail] = words(status);
    setText(parts.title, run === null ? "Progress" : `Run ${count(run.number)}`);
    setText(parts.headline, headline);
    setText(parts.detail, detail);
    setText(parts.refresh, refreshed(status.refresh, Date.parse(status.now)));
    parts.refresh.hidden = status.refresh === null;
    if (run !== null) {
      this.#figures(run);
      this.#track(run);
      this.#sum(run);
    }
  }

  #figures(run) {
    const parts = this.#parts;
    const running = isRunning(run);
    const speed = running ? run.moviesPerSecond : run.elapsedSeconds > 0 ? settledOf(run) / run.elapsedSeconds : null;
    setText(parts.speedLabel, running ? "Movies/s" : "Movies/s, mean");
    setText(parts.speed, rate(speed));
    setText(parts.pending, running && run.pending === null ? "counting…" : count(run.pending));
    setText(parts.deadLetters, count(run.deadLetters));
    parts.deadLetters.classList.toggle("bad", run.deadLetters > 0);
    setText(parts.elapsedLabel, running ? "Running for" : "Took");
    setText(parts.elapsed, duration(run.elapsedSeconds));
  }

  /** The bar is one gradient whose stops are the shares below. */
  #track(run) {
    const { track } = this.#parts;
    const unknown = isRunning(run) && run.total === null;
    track.classList.toggle("unknown", unknown);
    if (unknown) {
      track.removeAttribute("aria-valuenow");
      setAttribute(track, "aria-valuetext", "counting");
      return;
    }
    const total = Math.max(1, run.read, run.total ?? 0);
    const stops = { written: run.written, dead: run.deadLetters, other: run.superseded + run.skipped + run.current + run.abandoned, "in-flight": run.inFlight };
    let end = 0;
    for (const [name, value] of Object.entries(stops)) {
      end += value / total;
      track.style.setProperty(`--${name}`, end.toFixed(4));
    }
    const percent = Math.floor(settledOf(run) / total * 100);
    setAttribute(track, "aria-valuenow", percent);
    setAttribute(track, "aria-valuetext", `${percent} %, ${count(settledOf(run))} of ${count(total)}`);
  }

  #sum(run) {
    const parts = this.#parts;
    setText(parts.sumRead, count(run.read));
    setText(parts.sumWritten, count(run.written));
    setText(parts.sumDeadLetters, count(run.deadLetters));
    setText(parts.sumSuperseded, count(run.superseded));
    setText(parts.sumSkipped, count(run.skipped));
    setText(parts.sumCurrent, count(run.current));
    parts.currentTerm.hidden = run.current === 0;
    setText(parts.sumInFlight, count(run.inFlight));
    setText(parts.sumAbandoned, count(run.abandoned));
    parts.abandonedTerm.hidden = run.abandoned === 0;
    setText(parts.damaged, `${counted(run.damaged, "palette")} of those written ${run.damaged === 1 ? "is of a damaged cover" : "are of damaged covers"}.`);
    parts.damaged.hidden = run.damaged === 0;
  }
}

/** The headline and the line below it. */
function words({ state, run, now, nextRetryAt }) {
  const clock = Date.parse(now);
  switch (state) {
    case "waiting":
      return ["Waiting for the database", "Resumes when the database is available."];
    case "draining":
      return ["Draining", `No more movies are read; ${counted(run?.inFlight ?? 0, "movie")} in flight are being settled.`];
    case "running":
      return run === null ? ["Starting…", ""] : remaining(run, clock);
    default:
      return [
        nextRetryAt === null ? "Nothing is missing" : `Next retry in ${duration((Date.parse(nextRetryAt) - clock) / 1000)}`,
        run === null ? "No run has been needed yet." : `Settled ${counted(settledOf(run), "movie")} at ${time(endOf(run))}.`,
      ];
  }
}

function remaining(run, clock) {
  const started = `Started ${time(Date.parse(run.startedAt))}`;
  return run.pending === null ? ["Counting…", `${started}; the missing palettes are being counted.`]
    : run.leftSeconds === null ? [`${count(run.pending)} to go`, `${started}; the time left is not known yet.`]
    : [`${duration(run.leftSeconds)} left`, `${started}, done at about ${time(clock + run.leftSeconds * 1000)}`];
}

/** The pass over stale palettes. */
function refreshed(refresh, now) {
  if (refresh === null) {
    return "";
  }
  const made = `${count(refresh.written)} made again${refresh.failed === 0 ? "" : `, ${count(refresh.failed)} failed`}`;
  return refresh.nextAt === null
    ? `Stale palettes: ${count(refresh.checked)} of ${count(refresh.total)} checked, ${made}.`
    : `Stale palettes: ${count(refresh.total)} checked, ${made}; next check ${until(Date.parse(refresh.nextAt), now)}.`;
}

const endOf = run => Date.parse(run.startedAt) + run.elapsedSeconds * 1000;
