// The newest covers flow in from the left; a sample of them when many arrive.

import { getPalettes } from "./api.js";
import { fromTemplate, partsOf, setText } from "./dom.js";
import { showPicture, swatches } from "./palette.js";

const MOST = 60;
const AT_ONCE = 3;
const PERIOD = 1500;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

export class Covers {
  #parts;
  #open;
  #find;
  #newest = 0;
  #waiting = [];

  /**
   * @param {(id: string) => void} open shows one cover
   * @param {(query: string) => void} find shows the covers that are similar to colours, or to the cover of an id
   */
  constructor(root, open, find) {
    this.#parts = partsOf(root);
    this.#open = open;
    this.#find = find;
    const { strip, search } = this.#parts;
    search.addEventListener("submit", event => this.#search(event));
    strip.addEventListener("click", event => this.#click(event));
    strip.addEventListener("keydown", event => this.#key(event));
    strip.addEventListener("focusin", event => this.#reach(event.target));
    setInterval(() => this.#flow(), PERIOD);
  }

  async load() {
    try {
      this.add((await getPalettes(this.#newest, MOST)).items);
      if (this.#parts.strip.childElementCount === 0) {
        this.#show(this.#waiting.splice(0));
      }
    } catch {
      // The next ones come as events.
    }
  }

  add(items) {
    const fresh = items.filter(({ key }) => key > this.#newest);
    this.#newest = fresh.at(-1)?.key ?? this.#newest;
    this.#waiting = [...this.#waiting, ...fresh].slice(-MOST);
  }

  /** Nothing moves below a pointer, the focus, or someone who has scrolled on. */
  get #lookedAt() {
    const { frame } = this.#parts;
    return frame.matches(":hover, :focus-within") || frame.scrollLeft > 0;
  }

  #flow() {
    const paused = this.#waiting.length > 0 && this.#lookedAt;
    setText(this.#parts.note, paused ? "Paused" : "");
    if (!paused && !document.hidden && this.#waiting.length > 0) {
      this.#show(this.#waiting.splice(0).slice(-AT_ONCE));
    }
  }

  #show(items) {
    if (items.length === 0) {
      return;
    }
    const { strip, empty } = this.#parts;
    empty.hidden = true;
    strip.prepend(...items.toReversed().map(coverOf)); // the newest asks for its picture first
    while (strip.childElementCount > MOST) {
      strip.lastElementChild.remove();
    }
    this.#reach(strip.querySelector("button"));
    if (!stillness.matches) {
      const way = strip.children[items.length]?.offsetLeft - strip.firstElementChild.offsetLeft;
      strip.animate({ transform: [`translateX(${-way || 0}px)`, "none"] }, { duration: 700, easing: "cubic-bezier(0.2, 0, 0, 1)" });
    }
  }

  #click(event) {
    const cover = event.target.closest("button");
    if (cover) {
      this.#open(cover.dataset.id);
    }
  }

  #search(event) {
    event.preventDefault();
    this.#find(new FormData(this.#parts.search).get("query").trim());
  }

  #key(event) {
    const covers = [...this.#parts.strip.querySelectorAll("button")];
    const at = covers.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: covers.length - 1 }[event.key];
    if (covers[to]) {
      event.preventDefault();
      covers[to].focus();
    }
  }

  /** One stop of the Tab key for all covers; the arrows go from one to the next. */
  #reach(cover) {
    for (const other of this.#parts.strip.querySelectorAll("button[tabindex='0']")) {
      other.tabIndex = -1;
    }
    cover.tabIndex = 0;
  }
}

function coverOf({ id, palette }) {
  const { root, parts } = fromTemplate("cover-template");
  const button = root.firstElementChild;
  button.dataset.id = id;
  button.tabIndex = -1;
  button.title = id;
  setText(parts.id, id);
  parts.swatches.append(...swatches(palette));
  showPicture(parts.picture, id, palette);
  return root;
}
