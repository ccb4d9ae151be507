// One row of the table of dead letters.

import { fromTemplate, setAttribute, setText } from "./dom.js";
import { ago, count, fullDate, until } from "./format.js";

export class DeadLetterRow {
  #parts;
  #letter;

  /**
   * @param {(id: string) => void} open explains the movie
   * @param {(letter: object, button: HTMLButtonElement) => void} retry
   */
  constructor(letter, open, retry) {
    const { root, parts } = fromTemplate("dead-letter-template");
    this.root = root;
    this.#parts = parts;
    parts.id.addEventListener("click", () => open(this.#letter.id));
    parts.retry.addEventListener("click", () => retry(this.#letter, parts.retry));
    this.update(letter);
  }

  update(letter) {
    const parts = this.#parts;
    const id = letter.id ?? "(no id)";
    this.#letter = letter;
    setText(parts.id, id);
    setAttribute(parts.id, "title", id);
    setAttribute(parts.id, "aria-label", `Explain ${id}`);
    parts.id.disabled = letter.id == null;
    setText(parts.reason, letter.reason);
    setText(parts.stage, letter.stage);
    setText(parts.message, letter.message);
    setAttribute(parts.message, "title", letter.message);
    setText(parts.attempts, count(letter.attempts));
    setAttribute(parts.retry, "aria-label", `Retry ${id}`);
  }

  /** Times are told by how far away they are, and move on. */
  tick(now) {
    const { last, next } = this.#parts;
    const { lastAt, nextAt } = this.#letter;
    show(last, lastAt, ago(Date.parse(lastAt), now));
    show(next, nextAt, nextAt == null ? "due" : until(Date.parse(nextAt), now));
  }
}

function show(element, at, text) {
  setText(element, text);
  if (at != null) {
    setAttribute(element, "datetime", at);
    setAttribute(element, "title", fullDate(Date.parse(at)));
  }
}
