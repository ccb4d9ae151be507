// The dataflow graph: query, and behind it a buffer and a card for each stage.

import { partsOf, setText } from "./dom.js";
import { count, rate } from "./format.js";
import { Stage } from "./stage.js";

const HERE = ["fetch", "decode", "quantize", "write"];
const NAMES = [...HERE.slice(0, -1), "extract", "write"]; // extract: where other machines do the first three

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

  update({ run, totals }) {
    if (run === null) {
      setText(this.#parts.verdict, "");
      return;
    }
    const running = run.ending === "running";
    setText(this.#parts.readRate, rate(run.readPerSecond));
    setText(this.#parts.read, count(totals.read));
    setText(this.#parts.verdict, verdictOf(run));

    let arriving = run.readPerSecond;
    for (const stage of this.#stages) {
      const figures = run.stages.find(({ name }) => name === stage.name);
      stage.root.hidden = !figures;
      if (figures) {
        stage.update(figures, running, arriving);
        arriving = figures.itemsPerSecond;
      }
    }
  }
}

function verdictOf({ ending, read, elapsedSeconds, verdict }) {
  return ending === "running" ? elapsedSeconds >= BRIEF ? verdict : ""
    : read >= FEW ? `Last run: ${verdict}`
    : "";
}
