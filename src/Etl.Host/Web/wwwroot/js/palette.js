// A cover's picture and its palette, wherever they are shown.

import { thumbnail } from "./api.js";
import { create } from "./dom.js";
import { hex } from "./format.js";

/** A strip of colours. */
export function swatches(palette) {
  return palette.map(color => {
    const swatch = create("i");
    swatch.style.backgroundColor = hex(color);
    return swatch;
  });
}

/** The cover; while it loads, and where there is none, its colours. */
export function showPicture(frame, id, palette) {
  const image = create("img");
  image.alt = "";
  image.decoding = "async";
  image.loading = "lazy";
  image.addEventListener("load", () => frame.classList.add("loaded"), { once: true });
  image.addEventListener("error", () => image.remove(), { once: true });
  image.src = thumbnail(id);
  showColours(frame, palette);
  frame.append(image);
}

/** Colours where no cover is. */
export function showColours(frame, palette) {
  frame.classList.remove("loaded");
  frame.style.backgroundImage = backdrop(palette);
  frame.replaceChildren();
}

function backdrop(palette) {
  const colors = palette.map(hex);
  return colors.length > 1 ? `linear-gradient(160deg, ${colors.join(", ")})` : `linear-gradient(${colors[0] ?? "gray"} 0 0)`;
}
