// The causes of the dead letters, a line each: many failures have one.

import { create, partsOf, setText } from "./dom.js";
import { count, counted, fullDate, time } from "./format.js";

const DAY = 24 * 3600 * 1000;

export class Causes {
  #parts;

  constructor(root) {
    this.#parts = partsOf(root);
  }

  update({ catalogue, now }) {
    const causes = catalogue?.causes ?? [];
    const { summary, list } = this.#parts;
    summary.parentElement.hidden = causes.length === 0;
    const failures = catalogue?.reasons.reduce((sum, { count: each }) => sum + each, 0) ?? 0;
    setText(summary, `${counted(failures, "failure")}, ${causesOf(catalogue?.causeCount ?? 0, causes.length)}`);
    while (list.childElementCount > causes.length) {
      list.lastElementChild.remove();
    }
    causes.forEach((cause, index) => setText(list.children[index] ?? list.appendChild(create("li")), lineOf(cause, Date.parse(now))));
  }
}

const causesOf = (all, shown) => all === 1 ? "one cause:" : all > shown ? `${count(all)} causes, the most frequent:` : `${count(all)} causes:`;

function lineOf({ count: each, reason, message, since }, now) {
  const at = since === null ? null : Date.parse(since);
  const when = at === null ? "" : `, since ${now - at < DAY ? time(at) : fullDate(at)}`;
  return `${count(each)} ${reason}${when}: ${message}`;
}
