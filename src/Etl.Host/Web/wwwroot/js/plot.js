// Throughput over the last ten minutes, or since the service started, drawn by uPlot.

import { getHistory } from "./api.js";
import { create, partsOf, setText } from "./dom.js";
import { count, counted, duration, rate, time, timeWithSeconds } from "./format.js";
import { History } from "./history.js";
import { drawMarks } from "./plot-marks.js";
import { LASTING, STATES } from "./state.js";

// Dead letters have a lane of their own below the zero line: a few among hundreds of movies would not be seen.
const LANE = 0.2;
const LEAST = 4; // the least a scale goes up to

export class Plot {
  #parts;
  #history = new History();
  #marks = { runs: [], reloads: [], spans: [] };
  #plot = null;
  #colors;
  #summaryAt = -Infinity;

  constructor(root) {
    this.#parts = partsOf(root);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#colors = null;
      this.#plot?.redraw(false);
    });
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.#parts.plot);
  }

  async load() {
    try {
      this.#history.load(await getHistory());
      this.#summaryAt = -Infinity;
    } catch {
      // The plot fills up by the second all the same.
    }
  }

  add(now, second) {
    this.#history.add(now, second);
  }

  draw() {
    const columns = this.#history.columns();
    this.#marks = this.#history.marks();
    if (this.#plot === null) {
      this.#plot = new uPlot(this.#options(), columns, this.#parts.plot);
    } else {
      this.#plot.setData(columns);
    }
    this.#describe();
    this.#label(columns[0]);
  }

  /** The time that the plot shows, and the marks that are in it. */
  #label(times) {
    const { runs, reloads, spans } = this.#marks;
    const states = [...new Set(spans.map(({ state }) => state))];
    setText(this.#parts.span, `last ${duration(times.length)}`);
    this.#parts.runs.hidden = runs.length === 0;
    this.#parts.reloads.hidden = reloads.length === 0;
    if (this.#parts.states.dataset.states !== states.join(" ")) {
      this.#parts.states.dataset.states = states.join(" ");
      this.#parts.states.replaceChildren(...states.map(keyOf));
    }
  }

  /** The text beside the plot is its alternative too: it changes seldom enough to be read. */
  #describe() {
    const pointed = this.#plot.cursor.idx;
    if (pointed != null) {
      this.#describeAt(pointed);
    } else if (performance.now() - this.#summaryAt > 5000) {
      this.#summaryAt = performance.now();
      const { known, mean, highest, deadLetters } = this.#history.summary();
      setText(this.#parts.summary, known === 0 ? "Nothing yet" : `Mean ${rate(mean)}/s, highest ${rate(highest)}/s, ${counted(deadLetters, "dead letter")}`);
    }
  }

  #describeAt(index) {
    const time = this.#plot.data[0][index];
    setText(this.#parts.summary, `${timeWithSeconds(time * 1000)}: ${describe(this.#history.at(time))}`);
  }

  #options() {
    const color = name => () => this.#color(name);
    const axis = { stroke: color("--ink-3"), font: `12px ${this.#color("--font")}`, grid: { stroke: color("--line"), width: 1 }, ticks: { show: false } };
    return {
      ...this.#size(),
      padding: [12, 20, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
      hooks: {
        drawClear: [plot => drawMarks(plot, this.#marks, name => this.#color(name))],
        setCursor: [({ cursor }) => this.#pointAt(cursor.idx)],
      },
      scales: {
        y: { range: (_, __, most) => [-Math.max(LEAST, most) * LANE * 1.25, Math.max(LEAST, most)] },
        dead: { range: (_, __, most) => [0, Math.max(LEAST, most) / (LANE * 0.8)] },
      },
      axes: [
        { ...axis, grid: { show: false }, size: 28, space: 80, values: (_, splits) => splits.map(split => (split % 60 === 0 ? time : timeWithSeconds)(split * 1000)) },
        { ...axis, size: 44, space: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000], values: (_, splits) => splits.map(split => split === null || split < 0 ? "" : count(split)), filter: (_, splits) => splits.map(split => split < 0 ? null : split) },
      ],
      series: [
        {},
        { stroke: color("--plot-each"), width: 1, points: { show: false }, fill: color("--plot-fill"), fillTo: 0 },
        { stroke: color("--accent"), width: 2, points: { show: false } },
        { scale: "dead", fill: color("--red"), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [1, 6, 2] }) },
      ],
    };
  }

  #pointAt(index) {
    if (index == null) {
      this.#summaryAt = -Infinity;
    } else {
      this.#describeAt(index);
    }
  }

  #size() {
    return { width: this.#parts.plot.clientWidth, height: this.#parts.plot.clientHeight };
  }

  #color(name) {
    this.#colors ??= getComputedStyle(document.documentElement);
    return this.#colors.getPropertyValue(name).trim();
  }
}

function keyOf(state) {
  const item = create("span");
  item.append(create("i", `key lasting ${state}`), STATES[state].toLowerCase());
  return item;
}

function describe(second) {
  if (second === null) {
    return "not known";
  }
  const { settled, deadLetters, state, runs, reloads } = second;
  return [
    counted(settled, "movie"),
    counted(deadLetters, "dead letter"),
    ...LASTING.includes(state) ? [STATES[state].toLowerCase()] : [],
    ...runs > 0 ? [`${counted(runs, "run")} begun`] : [],
    ...reloads > 0 ? ["configuration reloaded"] : [],
  ].join(", ");
}
