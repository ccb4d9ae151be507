// One stage of the graph: the link into it, its buffer and its card.

import { create, fromTemplate, setAttribute, setText } from "./dom.js";
import { count, latency, percent, rate } from "./format.js";

const MOST_DOTS = 16;
const FILLING = 0.7;
const FULL = 0.9;

export class Stage {
  #parts;
  #link;

  constructor(name) {
    const { root, parts } = fromTemplate("stage-template");
    this.name = name;
    this.root = root;
    this.#parts = parts;
    this.#link = root.querySelector(".link i");
    setText(parts.name, name);
    setText(parts.unit, name === "write" ? "batches/s" : "/s");
  }

  update(stage, running, arriving) {
    const parts = this.#parts;
    this.root.classList.toggle("limiting", running && stage.limits);
    parts.limits.hidden = !(running && stage.limits);
    setText(parts.rate, rate(stage.itemsPerSecond));
    setText(parts.p50, latency(stage.p50Seconds));
    setText(parts.p95, latency(stage.p95Seconds));
    setText(parts.failures, count(stage.failures));
    parts.failed.classList.toggle("bad", running && stage.failures > 0);
    this.#move(running ? arriving ?? 0 : 0);
    this.#buffer(stage);
    this.#workers(stage);
    this.#shares(stage);
  }

  /** The dots on the link move faster with the rate, by its logarithm: one a second and a thousand a second both show. */
  #move(arriving) {
    for (const animation of this.#link.getAnimations()) {
      animation.updatePlaybackRate(Math.min(4, Math.log2(1 + arriving) / 2));
    }
  }

  #buffer({ held, boundedCapacity: capacity }) {
    const { tank } = this.#parts;
    const fill = capacity > 0 ? Math.min(1, held / capacity) : 0;
    setText(this.#parts.held, count(held));
    setText(this.#parts.capacity, count(capacity));
    setAttribute(tank, "aria-label", `Buffer of ${this.name}`);
    setAttribute(tank, "aria-valuenow", held);
    setAttribute(tank, "aria-valuemax", capacity);
    setAttribute(tank, "data-level", fill >= FULL ? "full" : fill >= FILLING ? "filling" : "free");
    tank.style.setProperty("--fill", fill.toFixed(3));
  }

  #workers({ degreeOfParallelism: workers, inProgress: busy }) {
    const { dots } = this.#parts;
    setText(this.#parts.busyWorkers, count(busy));
    setText(this.#parts.workers, count(workers));
    setText(this.#parts.workersNoun, this.name === "extract" ? "movies at workers" : workers === 1 ? "worker busy" : "workers busy");
    const many = workers > MOST_DOTS;
    const wanted = many ? 1 : workers;
    if (dots.childElementCount !== wanted || dots.classList.contains("many") !== many) {
      dots.classList.toggle("many", many);
      dots.replaceChildren(...Array.from({ length: wanted }, () => create("i")));
    }
    if (many) {
      dots.style.setProperty("--fill", (busy / workers).toFixed(3));
    } else {
      [...dots.children].forEach((dot, index) => dot.classList.toggle("on", index < busy));
    }
  }

  #shares({ busyShare: busy, blockedShare: blocked, starvedShare: starved }) {
    const parts = this.#parts;
    setText(parts.busy, percent(busy));
    setText(parts.blocked, percent(blocked));
    setText(parts.starved, percent(starved));
    parts.split.style.setProperty("--busy", busy.toFixed(3));
    parts.split.style.setProperty("--blocked", (busy + blocked).toFixed(3));
  }
}
