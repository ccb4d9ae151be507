"use strict";

const report = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const NO_ID = "(no id)";
const number = value => value.toLocaleString("en-US");
const hex = color => "#" + color.map(channel => channel.toString(16).padStart(2, "0")).join("");

function element(name, properties, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

function swatch(color) {
  const created = element("i", { title: hex(color) });
  created.style.background = hex(color);
  return created;
}

// Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/, as lightness, chroma and hue.
function oklch(color) {
  const [r, g, b] = color.map(channel => channel / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(A, B),
    hue: (Math.atan2(B, A) + 2 * Math.PI) % (2 * Math.PI),
  };
}

// A movie's hue is that of its most striking colour, earlier ones weighing more; movies in grey come last.
for (const [place, movie] of report.gallery.entries()) {
  const seen = movie.palette.map(oklch);
  const weights = seen.map((_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const striking = seen.reduce((best, next, i) => next.chroma * weights[i] > best.chroma * best.weight ? { ...next, weight: weights[i] } : best,
    { ...seen[0], weight: 1 });
  movie.catalogue = place;
  movie.striking = striking;
  movie.lightness = seen.reduce((sum, color, i) => sum + color.lightness * weights[i], 0) / total;
  movie.hue = striking.chroma < 0.03 ? 10 + movie.lightness : striking.hue;
  movie.card = card(movie);
}

function picture(movie) {
  const shown = element("span", { className: "picture" });
  if (movie.cover) {
    shown.append(element("img", { src: movie.cover, alt: "", decoding: "async" }));
  } else {
    shown.classList.add("none");
    shown.append(...movie.palette.map(swatch), element("span", { textContent: "no cover" }));
  }
  return shown;
}

function card(movie) {
  const button = element("button", { type: "button", onclick: () => open(movie) },
    picture(movie),
    element("span", { className: "strip" }, ...movie.palette.map(swatch)),
    element("span", { className: "name", textContent: movie.id ?? NO_ID }));
  button.setAttribute("aria-label", `Movie ${movie.id ?? NO_ID}, colours ${movie.palette.map(hex).join(", ")}`);
  return element("li", {}, button);
}

const done = report.movies - report.missing;
let order = report.gallery;
function sort(key) {
  order = report.gallery.toSorted((one, other) => one[key] - other[key] || one.catalogue - other.catalogue);
  byId("gallery").replaceChildren(...order.map(movie => movie.card));
  const how = { catalogue: "in the order of the catalogue", hue: "by hue, greys last", lightness: "from dark to light" }[key];
  const some = order.length < done ? ` of ${number(done)}, taken at even distances` : "";
  byId("shown").textContent = done === 0 ? "No movie has a palette yet. Run 'etl run' to fill them in."
    : `${number(order.length)}${some}; ${how}.`;
}

let shown;
function open(movie) {
  shown = movie;
  byId("movie-id").textContent = movie.id ?? NO_ID;
  byId("movie-cover").replaceChildren(...picture(movie).childNodes);
  byId("movie-cover").classList.toggle("none", !movie.cover);
  byId("movie-colors").replaceChildren(...movie.palette.map(color =>
    element("li", {}, swatch(color), element("code", { textContent: hex(color) }))));
  if (!byId("movie").open) {
    byId("movie").showModal();
  }
}

function step(by) {
  open(order[(order.indexOf(shown) + by + order.length) % order.length]);
}

function total(name, value) {
  return element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: number(value) }));
}

function failureRow(group) {
  return element("tr", {},
    element("th", { scope: "row", textContent: group.reason }),
    element("td", { className: "count", textContent: number(group.count) }),
    element("td", {}, element("ul", {}, ...group.examples.map(example =>
      element("li", {}, element("code", { textContent: example.id ?? NO_ID }), example.message)))));
}

function failureTable() {
  const head = ["Reason", "Movies", "For example"].map((name, i) => element("th", { scope: "col", textContent: name, className: i === 1 ? "count" : "" }));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...report.reasons.map(failureRow)));
}

const share = report.movies === 0 ? 0 : done / report.movies;
const bar = element("i", {});
bar.style.width = `${share * 100}%`;
byId("progress").append(bar);
byId("progress").setAttribute("aria-label", `${Math.floor(share * 100)} % of the movies have a palette`);
byId("totals").append(total("Movies", report.movies), total("With a palette", done), total("Missing", report.missing),
  total("Dead letters", report.reasons.reduce((sum, group) => sum + group.count, 0)));
byId("where").textContent = `${report.table} in ${report.database}`;
byId("made").textContent = `Made by etl report on ${new Date(report.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}.`;
byId("settings").hidden = report.palettesBySettings.length < 2;
byId("settings").textContent = "The palettes were made with different settings and cannot be compared: "
  + `${report.palettesBySettings.map(({ settings, count }) => `${number(count)} with ${settings}`).join(", ")}. 'etl run --stale settings' makes them alike.`;
const river = report.gallery.flatMap(movie => movie.palette.slice(0, 3)).map(color => ({ color, ...oklch(color) }))
  .filter(color => color.chroma > 0.03).sort((one, other) => one.hue - other.hue);
byId("river").append(...river.filter((_, i) => i % Math.ceil(river.length / 500) === 0).map(({ color }) => swatch(color)));
byId("failures").append(report.reasons.length > 0 ? failureTable()
  : element("p", { className: "note", textContent: "There are no dead letters." }));
byId("sort").addEventListener("change", change => sort(change.target.value));
byId("previous").addEventListener("click", () => step(-1));
byId("next").addEventListener("click", () => step(1));
byId("close").addEventListener("click", () => byId("movie").close());
byId("movie").addEventListener("click", click => click.target === byId("movie") && byId("movie").close());
byId("movie").addEventListener("keydown", key => ({ ArrowLeft: () => step(-1), ArrowRight: () => step(1) })[key.key]?.());
sort("catalogue");
