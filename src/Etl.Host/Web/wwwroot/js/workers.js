// The workers of a cluster, a row each. Hidden while none has reported.

import { create, setText } from "./dom.js";
import { count, rate } from "./format.js";

export class Workers {
  #section;
  #rows;
  #count;
  #byName = new Map();

  constructor(section) {
    this.#section = section;
    this.#rows = section.querySelector("[data-part=rows]");
    this.#count = section.querySelector("[data-part=count]");
  }

  update({ workers }) {
    this.#section.hidden = workers.length === 0;
    const paused = workers.filter(worker => worker.state === "paused").length;
    setText(this.#count, paused > 0 ? `${count(workers.length)}, ${count(paused)} paused` : count(workers.length));
    const names = new Set(workers.map(worker => worker.worker));
    for (const [name, row] of this.#byName) {
      if (!names.has(name)) {
        row.root.remove();
        this.#byName.delete(name);
      }
    }
    for (const worker of workers) {
      this.#rowOf(worker.worker).update(worker);
    }
  }

  #rowOf(name) {
    let row = this.#byName.get(name);
    if (row === undefined) {
      row = new WorkerRow();
      this.#byName.set(name, row);
      this.#rows.append(row.root);
    }
    return row;
  }
}

class WorkerRow {
  root = create("tr");
  #host = this.#cell("movie", "Worker");
  #version = this.#cell("", "Version");
  #state = this.#cell("", "State");
  #rate = this.#cell("number", "Movies/s");
  #movies = this.#cell("number", "Movies");
  #failures = this.#cell("message", "Failures");

  update({ host, processId, version, state, problem, moviesPerSecond, movies, reasons }) {
    setText(this.#host, `${host} / ${processId}`);
    setText(this.#version, version);
    setText(this.#state, state);
    this.root.dataset.state = state;
    setText(this.#rate, rate(moviesPerSecond));
    setText(this.#movies, count(movies));
    const failures = reasons.map(each => `${count(each.count)} ${each.reason}`).join(", ") || "none";
    setText(this.#failures, problem === null ? failures : `${problem} Failures: ${failures}.`);
  }

  #cell(className, label) {
    const cell = create("td", className);
    cell.dataset.label = label;
    this.root.append(cell);
    return cell;
  }
}
