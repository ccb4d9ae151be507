// The catalogue: how much of it is complete, how fast it becomes so, and when it will be.

import { partsOf, setAttribute, setText } from "./dom.js";
import { ago, count, counted, duration, rate, time, until } from "./format.js";

const LONG = 60_000; // a pending movie that waits for longer is told of

export class Progress {
  #parts;

  constructor(root) {
    this.#parts = partsOf(root);
  }

  update(status) {
    const parts = this.#parts;
    const { catalogue } = status;
    const now = Date.parse(status.now);
    setText(parts.headline, headline(catalogue));
    setText(parts.detail, catalogue === null ? "" : detail(status, now));
    this.#figures(status, now);
    this.#sum(status);
    if (catalogue !== null) {
      this.#track(catalogue);
      setText(parts.unreadable, `${counted(catalogue.unreadable, "value")} of the palette column ${catalogue.unreadable === 1 ? "is" : "are"} no palette.`);
      parts.unreadable.hidden = catalogue.unreadable === 0;
    }
    setText(parts.refresh, refreshed(status.refresh, now));
    parts.refresh.hidden = status.refresh === null;
  }

  #figures(status, now) {
    const parts = this.#parts;
    const { catalogue, nextRetryAt } = status;
    const retries = catalogue?.pending === 0 && nextRetryAt !== null && status.state !== "waiting";
    setText(parts.speed, rate(status.moviesPerSecond));
    setText(parts.pending, count(catalogue?.pending));
    setText(parts.failed, count(catalogue?.failed));
    parts.failed.classList.toggle("bad", catalogue?.failed > 0);
    setText(parts.whenLabel, retries ? "Next retry" : "Time left");
    setText(parts.when, retries ? until(Date.parse(nextRetryAt), now) : timeLeft(status));
    parts.when.classList.toggle("slow", status.stalledSeconds !== null);
  }

  /** The bar is one gradient whose stops are the shares below. */
  #track({ movies, complete, failed, unreadable }) {
    const { track } = this.#parts;
    let end = 0;
    for (const [name, value] of Object.entries({ complete, dead: failed, other: unreadable })) {
      end += value / Math.max(1, movies);
      track.style.setProperty(`--${name}`, end.toFixed(4));
    }
    const percent = movies === 0 ? 100 : Math.floor(complete / movies * 100);
    setAttribute(track, "aria-valuenow", percent);
    setAttribute(track, "aria-valuetext", `${percent} %, ${count(complete)} of ${count(movies)}`);
  }

  /** The outcomes of all runs: one run may take milliseconds. */
  #sum({ totals, run, startedAt }) {
    const parts = this.#parts;
    const inFlight = run?.inFlight ?? 0;
    const settled = totals.written + totals.deadLetters + totals.superseded + totals.skipped + totals.current;
    const abandoned = totals.read - settled - inFlight;
    setText(parts.sumReadLabel, `read since ${time(Date.parse(startedAt))}`);
    setText(parts.sumRead, count(totals.read));
    setText(parts.sumWritten, count(totals.written));
    setText(parts.sumDeadLetters, count(totals.deadLetters));
    setText(parts.sumSuperseded, count(totals.superseded));
    setText(parts.sumSkipped, count(totals.skipped));
    setText(parts.sumCurrent, count(totals.current));
    parts.currentTerm.hidden = totals.current === 0;
    setText(parts.sumInFlight, count(inFlight));
    setText(parts.sumAbandoned, count(abandoned));
    parts.abandonedTerm.hidden = abandoned === 0;
    setText(parts.damaged, `${counted(totals.damaged, "palette")} of those written ${totals.damaged === 1 ? "is of a damaged cover" : "are of damaged covers"}.`);
    parts.damaged.hidden = totals.damaged === 0;
  }
}

function headline(catalogue) {
  if (catalogue === null) {
    return "Counting…";
  }
  const { movies, complete, failed } = catalogue;
  return `${count(complete)} of ${count(movies)} complete${failed > 0 ? `, ${count(failed)} failed` : ""}`;
}

/** The line below the headline. */
function detail(status, now) {
  const { catalogue } = status;
  const leftSeconds = isHeld(status) ? null : status.leftSeconds;
  const { pending, pendingSince, failed, countedAt } = catalogue;
  if (status.state === "waiting") {
    return `As counted at ${time(Date.parse(countedAt))}: the database cannot be used now.`;
  }
  if (pending === 0) {
    return failed > 0 ? "Nothing is pending; what failed is tried again by itself." : "Nothing is pending.";
  }
  if (status.state === "draining") {
    return `${count(pending)} pending: the next process goes on with them.`;
  }
  const waits = pendingSince !== null && now - Date.parse(pendingSince) > LONG && leftSeconds === null
    ? `, the oldest for up to ${duration((now - Date.parse(pendingSince)) / 1000)}`
    : "";
  const done = leftSeconds === null ? "" : ` Done at about ${time(now + leftSeconds * 1000)}.`;
  return `${count(pending)} pending${waits}.${done}`;
}

/** A service that does not go on has no time left: a figure would promise an end. */
function timeLeft(status) {
  const { catalogue, stalledSeconds, leftSeconds } = status;
  return catalogue === null ? "–"
    : isHeld(status) ? "unknown"
    : stalledSeconds !== null ? "stalled"
    : catalogue.pending === 0 ? "done"
    : leftSeconds === null ? "estimating…"
    : duration(leftSeconds);
}

/** Whether no speed says when the pending movies are done. */
const isHeld = ({ state, lockedSeconds }) => lockedSeconds !== null || ["waiting", "outage", "paused", "standby", "draining"].includes(state);

/** The pass over stale palettes. */
function refreshed(refresh, now) {
  if (refresh === null) {
    return "";
  }
  const made = `${count(refresh.written)} made again${refresh.failed === 0 ? "" : `, ${count(refresh.failed)} failed`}`;
  const stale = refresh.outdated === 0 ? "" : `, ${count(refresh.outdated)} made with other settings`;
  return refresh.nextAt === null
    ? `Stale palettes: ${count(refresh.checked)} of ${count(refresh.total)} checked, ${made}${stale}.`
    : `Stale palettes: ${count(refresh.total)} checked ${ago(Date.parse(refresh.startedAt), now)}, ${made}${stale}; next check ${until(Date.parse(refresh.nextAt), now)}.`;
}
