// One movie, or some colours: the colours, the covers whose palettes are nearest, and the explanation of the movie.

import { getSimilar } from "./api.js";
import { create, notify, partsOf, setText } from "./dom.js";
import { Explanation } from "./explanation.js";
import { hex } from "./format.js";
import { showColours, showPicture, swatches } from "./palette.js";

const NEIGHBOURS = 6;

export class CoverDialog {
  #dialog;
  #parts;
  #explanation;
  #path = []; // the queries looked at, each with an id or with colours (like), the present one last

  constructor(dialog) {
    this.#dialog = dialog;
    this.#parts = partsOf(dialog);
    this.#explanation = new Explanation(this.#parts);
    this.#parts.close.addEventListener("click", () => dialog.close());
    this.#parts.back.addEventListener("click", () => this.#goBack());
    dialog.addEventListener("close", () => {
      if (!dialog.open) { // the event is a task of its own: another movie may have been opened before it
        this.#clear();
      }
    });
    dialog.addEventListener("click", event => {
      if (event.target === dialog) {
        dialog.close();
      }
    });
  }

  /** @param {{hasPalette: boolean}} options a movie without a palette has no colours and no neighbours */
  open(id, { hasPalette } = { hasPalette: true }) {
    this.#start({ id }, hasPalette);
  }

  /** @param {string} text colours such as "#c02030:60%, #101010", or an id */
  find(text) {
    this.#start(text.startsWith("#") ? { like: text } : { id: text }, true);
  }

  #start(query, hasPalette) {
    this.#path = [];
    this.#clear();
    this.#parts.paletteView.hidden = !hasPalette;
    this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    this.#goTo(query);
  }

  #goTo(query) {
    this.#path.push(query);
    return this.#show(query);
  }

  async #goBack() {
    this.#path.pop();
    await this.#show(this.#path.at(-1));
    this.#parts.close.focus();
  }

  async #show(query) {
    const parts = this.#parts;
    const { id, like } = query;
    setText(parts.title, id ?? like);
    setText(parts.message, "");
    parts.back.hidden = this.#path.length < 2;
    parts.explanation.hidden = id === undefined;
    if (id === undefined) {
      this.#explanation.clear();
    } else {
      this.#explanation.show(id);
    }
    if (parts.paletteView.hidden) {
      return;
    }
    try {
      const { palette, items } = await getSimilar(query, NEIGHBOURS);
      if (this.#path.at(-1) !== query) {
        return; // another one was chosen meanwhile
      }
      if (id === undefined) {
        showColours(parts.picture, palette);
      } else {
        showPicture(parts.picture, id, palette);
      }
      parts.colours.replaceChildren(...palette.map(colourOf));
      parts.neighbours.replaceChildren(...items.map(item => this.#neighbour(item)));
      setText(parts.message, items.length === 0 ? "No other movie has a palette yet." : "");
    } catch (refusal) {
      if (this.#path.at(-1) !== query) return;
      this.#clearPalette();
      setText(parts.message, refusal.message);
    }
  }

  #neighbour({ id, palette, distance, otherSettings }) {
    const button = create("button", "cover");
    button.type = "button";
    button.title = id ?? "(no id)";
    button.disabled = id === null;
    const picture = create("span", "picture");
    const strip = create("span", "swatches");
    strip.append(...swatches(palette));
    showPicture(picture, id, palette);
    button.append(picture, strip, create("span", "id", id ?? "(no id)"), create("span", "distance", otherSettings ? "other settings" : `distance ${distance.toFixed(2)}`));
    button.title = otherSettings ? `${button.title}: made with ${otherSettings}, so its distance means little` : button.title;
    button.addEventListener("click", () => {
      this.#goTo({ id });
      this.#parts.close.focus();
    });
    const item = create("li");
    item.append(button);
    return item;
  }

  #clear() {
    this.#clearPalette();
    this.#explanation.clear();
  }

  #clearPalette() {
    this.#parts.picture.replaceChildren();
    this.#parts.colours.replaceChildren();
    this.#parts.neighbours.replaceChildren();
  }
}

function colourOf(color) {
  const text = hex(color);
  const button = create("button", "colour");
  button.type = "button";
  button.setAttribute("aria-label", `Copy ${text}`);
  const swatch = create("i");
  swatch.style.backgroundColor = text;
  const label = create("code", "", text);
  button.append(swatch, label);
  button.addEventListener("click", () => copy(label));
  const item = create("li");
  item.append(button);
  return item;
}

/** The clipboard is there on localhost and over HTTPS; elsewhere the text is selected. */
async function copy(label) {
  try {
    await navigator.clipboard.writeText(label.textContent);
    notify(`Copied ${label.textContent}`);
  } catch {
    getSelection().selectAllChildren(label);
    notify(`${label.textContent} is selected: copy it with the keyboard`);
  }
}
