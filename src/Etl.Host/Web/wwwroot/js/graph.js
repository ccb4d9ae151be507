// The dataflow graph: query, and behind it a buffer and a card for each stage.

import { partsOf, setText } from "./dom.js";
import { count, rate } from "./format.js";
import { Stage } from "./stage.js";
import { stateOf } from "./state.js";

const HERE = ["fetch", "decode", "quantize", "write"];
const NAMES = [...HERE.slice(0, -1), "extract", "write"]; // extract: where other machines do the first three

// More workers would not help.
const HELD = ["outage", "locked", "waiting", "draining"];

// Below these, a run says little about its stages.
const FEW = 100;
const BRIEF = 5;

export class Graph {
  #parts;
  #stages;

  constructor(root) {
    this.#parts = partsOf(root);
    this.#stages = NAMES.map(name => new Stage(name));
    for (const stage of this.#stages) {
      stage.root.hidden = !HERE.includes(stage.name);
    }
    this.#parts.flow.append(...this.#stages.map(stage => stage.root));
  }

  update(status) {
    const { run, totals } = status;
    if (run === null) {
      setText(this.#parts.verdict, "");
      return;
    }
    const running = run.ending === "running";
    const held = HELD.includes(stateOf(status));
    setText(this.#parts.readRate, rate(run.readPerSecond));
    setText(this.#parts.read, count(totals.read));
    setText(this.#parts.verdict, held ? "" : verdictOf(run));

    let arriving = run.readPerSecond;
    for (const stage of this.#stages) {
      const figures = run.stages.find(({ name }) => name === stage.name);
      stage.root.hidden = !figures;
      if (figures) {
        stage.update({ ...figures, limits: figures.limits && !held }, running, arriving);
        arriving = figures.itemsPerSecond;
      }
    }
  }
}

function verdictOf({ ending, read, elapsedSeconds, verdict }) {
  return ending === "running" ? elapsedSeconds >= BRIEF ? verdict : ""
    : read >= FEW && ending !== "faulted" ? `Last run: ${verdict}`
    : "";
}
