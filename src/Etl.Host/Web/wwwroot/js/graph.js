// The dataflow graph: query, and behind it a buffer and a card for each stage.

import { partsOf, setText } from "./dom.js";
import { count, rate } from "./format.js";
import { Stage } from "./stage.js";

const HERE = ["fetch", "decode", "quantize", "write"];
const NAMES = [...HERE.slice(0, -1), "extract", "write"]; // extract: where other machines do the first three
const WINDOW = 5000; // as long as that of the other rates

export class Graph {
  #parts;
  #stages;
  #reads = [];
  #run = 0;

  constructor(root) {
    this.#parts = partsOf(root);
    this.#stages = NAMES.map(name => new Stage(name));
    for (const stage of this.#stages) {
      stage.root.hidden = !HERE.includes(stage.name);
    }
    this.#parts.flow.append(...this.#stages.map(stage => stage.root));
  }

  update({ run, now }) {
    if (run === null) {
      setText(this.#parts.verdict, "");
      return;
    }
    const read = this.#readRate(run, Date.parse(now));
    setText(this.#parts.readRate, rate(read));
    setText(this.#parts.read, count(run.read));
    setText(this.#parts.verdict, run.verdict);

    let arriving = read;
    for (const stage of this.#stages) {
      const figures = run.stages.find(({ name }) => name === stage.name);
      stage.root.hidden = !figures;
      if (figures) {
        stage.update(figures, run.ending === "running", arriving);
        arriving = figures.itemsPerSecond;
      }
    }
  }

  /** The service times the stages; reading is timed here. */
  #readRate(run, now) {
    if (this.#run !== run.number) {
      this.#run = run.number;
      this.#reads = [];
    }
    this.#reads.push({ read: run.read, now });
    while (now - this.#reads[0].now > WINDOW) {
      this.#reads.shift();
    }
    const { read, now: since } = this.#reads[0];
    return run.ending !== "running" ? 0 : now > since ? (run.read - read) / (now - since) * 1000 : null;
  }
}
