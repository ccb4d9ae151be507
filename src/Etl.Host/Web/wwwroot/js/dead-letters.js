// Dead letters: a filter by reason or by the time of the first failure, a table, and the retry.

import { getDeadLetters } from "./api.js";
import { create, notify, partsOf, setAttribute, setText } from "./dom.js";
import { count } from "./format.js";
import { DeadLetterRow } from "./dead-letter-row.js";
import { retryDeadLetters } from "./retry.js";

const PAGE = matchMedia("(max-width: 640px)").matches ? 5 : 25; // a phone shows one at a time
const RELOAD_AFTER = 5000;

export class DeadLetters {
  #parts;
  #root;
  #open;
  #rows = new Map();
  #reason = "";
  #interval = null;
  #next = null;
  #status = null;
  #seen = null;
  #loadedAt = 0;
  #asked = 0;

  /** @param {(id: string) => void} open explains one movie */
  constructor(root, open) {
    const parts = this.#parts = partsOf(root);
    this.#root = root;
    this.#open = open;
    parts.refresh.addEventListener("click", () => this.load());
    parts.more.addEventListener("click", () => this.#loadMore());
    parts.retryAll.addEventListener("click", () => this.#retry(this.#reason ? { reason: this.#reason } : {}, parts.retryAll));
    parts.chips.addEventListener("click", event => this.#choose(event.target.closest("button")));
  }

  /** Loads again when failures were counted or a run has ended; not below someone who has gone on to further pages. */
  update(status) {
    this.#status = status;
    const changes = changesOf(status);
    this.#seen ??= changes;
    this.#tick();
    if (this.#seen === changes || performance.now() - this.#loadedAt < RELOAD_AFTER) {
      return;
    }
    if (this.#rows.size > PAGE) {
      this.#parts.refresh.hidden = false;
    } else {
      this.load();
    }
  }

  /**
   * Shows the movies that failed first in an interval.
   * @param {{from: string, to: string}} interval
   * @param {string} name such as "19:04"
   */
  async showInterval(interval, name) {
    this.#reason = "";
    this.#interval = { ...interval, name };
    await this.load();
    this.#root.scrollIntoView();
    this.#parts.chips.lastElementChild?.focus({ preventScroll: true });
  }

  /** Loads the first page. */
  async load() {
    this.#loadedAt = performance.now();
    this.#seen = this.#status && changesOf(this.#status);
    await this.#fetch(null, page => {
      this.#show(page, new Map());
      this.#parts.refresh.hidden = true;
    });
  }

  #loadMore() {
    return this.#fetch(this.#next, page => this.#show(page, this.#rows));
  }

  async #fetch(after, show) {
    const asked = ++this.#asked;
    try {
      const page = await getDeadLetters({ after, reason: this.#reason, interval: this.#interval, count: PAGE });
      if (asked === this.#asked) {
        show(page);
      }
    } catch (refusal) {
      if (this.#rows.size > 0 || after !== null) {
        notify(refusal.message);
      } else if (asked === this.#asked) {
        this.#seen = ""; // asked for again
        this.#parts.frame.hidden = true;
        this.#parts.empty.hidden = false;
        setText(this.#parts.empty, `The dead letters cannot be read. ${refusal.message}`);
      }
    }
  }

  /** Shows the page below the rows that are kept; a row that was there before is used again. */
  #show({ count: chosen, reasons, items, next }, kept) {
    const parts = this.#parts;
    const rows = new Map(kept);
    for (const letter of items) {
      const row = this.#rows.get(letter.key) ?? this.#newRow(letter);
      row.update(letter);
      rows.set(letter.key, row);
    }
    this.#rows = rows;
    this.#next = next;
    place(parts.rows, [...rows.values()].map(row => row.root));
    this.#chips(reasons);
    this.#tick();
    setText(parts.count, count(reasons.reduce((sum, { count: each }) => sum + each, 0)));
    setText(parts.retryAll, this.#reason ? `Retry ${count(chosen)} ${this.#reason}` : `Retry all ${count(chosen)}`);
    parts.retryAll.hidden = !chosen; // an interval has no count
    parts.frame.hidden = rows.size === 0;
    parts.empty.hidden = rows.size > 0;
    setText(parts.empty, this.#interval ? "All movies that failed first at this time have their palettes now." : "No dead letters.");
    parts.more.hidden = next === null;
  }

  #newRow(letter) {
    return new DeadLetterRow(letter, this.#open, (which, button) => this.#retry({ keys: [which.key], ids: [which.id] }, button));
  }

  #chips(reasons) {
    const all = { reason: "", count: reasons.reduce((sum, { count: each }) => sum + each, 0) };
    const gone = this.#reason && !reasons.some(({ reason }) => reason === this.#reason) ? [{ reason: this.#reason, count: 0 }] : [];
    const choices = reasons.length > 0 ? [all, ...reasons, ...gone] : gone;
    if (this.#interval) {
      choices.push({ reason: null, count: null });
    }
    const { chips } = this.#parts;
    while (chips.childElementCount > choices.length) {
      chips.lastElementChild.remove();
    }
    choices.forEach(({ reason, count: each }, index) => {
      const chip = chips.children[index] ?? chips.appendChild(newChip());
      chip.dataset.reason = reason ?? "";
      setText(chip.firstElementChild, reason === null ? `First failed ${this.#interval.name}` : reason || "All");
      setText(chip.lastElementChild, reason === null ? "✕" : count(each));
      setAttribute(chip, "aria-pressed", this.#interval ? reason === null : reason === this.#reason);
    });
  }

  #choose(chip) {
    if (chip) {
      this.#reason = chip.dataset.reason;
      this.#interval = null;
      this.load();
    }
  }

  async #retry(which, button) {
    button.disabled = true;
    try {
      if (await retryDeadLetters(which, this.#status?.retryNeedsKey ?? false)) {
        await this.load();
        this.#loadedAt = -Infinity; // what comes of it is shown at once
      }
    } finally {
      button.disabled = false;
    }
  }

  #tick() {
    const now = Date.parse(this.#status?.now ?? new Date().toISOString());
    for (const row of this.#rows.values()) {
      row.tick(now);
    }
  }
}

/** What differs once dead letters may have come or gone: a failure adds one, a run that has ended has settled some. */
const changesOf = ({ totals, run }) => `${totals.deadLetters} ${totals.runs - (run?.ending === "running" ? 1 : 0)}`;

function newChip() {
  const chip = create("button", "chip");
  chip.type = "button";
  chip.append(create("span"), create("b"));
  return chip;
}

/** Puts the elements in this order, moving only what is out of place: the focus stays where it is. */
function place(parent, elements) {
  const wanted = new Set(elements);
  for (const element of [...parent.children]) {
    if (!wanted.has(element)) {
      element.remove();
    }
  }
  elements.forEach((element, index) => {
    if (parent.children[index] !== element) {
      parent.insertBefore(element, parent.children[index] ?? null);
    }
  });
}
