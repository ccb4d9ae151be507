// A movie explained: its row, its cover, and what the next run does with it.

import { getExplanation } from "./api.js";
import { create, setText } from "./dom.js";
import { bytes, count, counted, fullDate, latency, percent } from "./format.js";
import { swatches } from "./palette.js";

const MAX_VALUE = 200;

export class Explanation {
  #nextRun;
  #facts;
  #asked = null;

  constructor({ nextRun, facts }) {
    this.#nextRun = nextRun;
    this.#facts = facts;
  }

  async show(id) {
    this.clear();
    const asked = this.#asked = new AbortController();
    setText(this.#nextRun, "Examining the cover…");
    try {
      const explanation = await getExplanation(id, asked.signal);
      if (asked === this.#asked) {
        this.#draw(explanation);
      }
    } catch (refusal) {
      if (asked === this.#asked) {
        setText(this.#nextRun, refusal.message);
      }
    }
  }

  /** Ends a request that is no longer wanted: the service explains one movie at a time. */
  clear() {
    this.#asked?.abort();
    this.#asked = null;
    setText(this.#nextRun, "");
    this.#facts.replaceChildren();
  }

  #draw({ count: rows, items, settings }) {
    setText(this.#nextRun, items.length === 1 ? sentence(items[0]) : `${counted(rows, "row")} have this id.`);
    this.#facts.replaceChildren(...items.flatMap(row => partsOf(row, settings, items.length > 1)));
  }
}

const sentence = row => `The next run ${row.nextRun.message}.`;

/** The parts that a row has: a heading and a list of names and values each. */
function partsOf(row, settings, isOneOfSeveral) {
  return [
    part("Row", [
      ["Next run", isOneOfSeveral ? sentence(row) : null],
      ["Id", `${row.id ?? "NULL"} (${row.idType}), row key ${row.rowKey.join(", ")}`],
      ["Location", row.coverLocation],
      ["Palette", paletteOf(row)],
      ...Object.entries(row.columns).map(([name, value]) => [name, value == null || value === "" ? "missing" : shown(value)]),
      ["Damage", row.damage?.message],
    ]),
    row.deadLetter && part("Dead letter", deadLetter(row.deadLetter)),
    row.provenance && part("Palette was made", provenance(row.provenance)),
    part("Cover now", cover(row.extraction)),
    part("Extraction now", extraction(row.extraction, settings)),
  ].filter(Boolean);
}

const paletteOf = ({ palette, paletteState, paletteText }) =>
  palette ? strip(palette) : paletteState === "missing" ? "missing" : `unreadable: ${shortened(paletteText)}`;

const deadLetter = letter => [
  ["Reason", `${letter.reason} in ${letter.stage}`],
  ["Message", letter.message],
  ["Attempts", count(letter.attempts)],
  ["First", at(letter.firstAt)],
  ["Last", at(letter.lastAt)],
  ["Next try", letter.nextAt ? at(letter.nextAt) : "due"],
];

const provenance = made => [
  ["At", at(made.at)],
  ["Settings", `${made.settings}${made.isSettingsStale ? " (changed since)" : ""}`],
  ["Cover", version(made)],
  ["Cover since then", made.isCoverStale == null ? "not comparable" : made.isCoverStale ? "changed" : "same content"],
  ["Palette since then", made.isOfPalette ? "same" : "replaced by another program"],
];

const cover = found => [
  ...found.locations.map(({ location, outcome }, index) => [index === 0 ? "Locations" : "", `${location}: ${outcomes[outcome] ?? outcome}`]),
  ["Format", found.format],
  ["Size", found.width && `${found.width} × ${found.height} pixels`],
  ["Version", version(found)],
  ["Failure", found.reason && `${found.reason} in ${found.stage}: ${found.message}`],
];

const outcomes = { notTried: "not tried" };

const extraction = (made, settings) => [
  ["Palette", made.palette && strip(made.palette)],
  ...Object.entries(made.columns).map(([name, value]) => [`${name} now`, shown(value)]),
  ["Settings", settings],
  ["Decoder", made.decoder && `${made.decoder} at ${made.decodedWidth} × ${made.decodedHeight}`],
  ["Colours", made.unconvertedColors && `counted as sRGB: ${made.unconvertedColors} is not converted`],
  ["Pixels", made.sampledPixels && `${count(made.sampledPixels)} counted, step ${made.sampleStep}`],
  ["Damage", made.reason ? null : made.message],
  ["Time", times(made)],
];

const times = ({ fetchSeconds, decodeSeconds, quantizeSeconds }) =>
  [["fetch", fetchSeconds], ["decode", decodeSeconds], ["quantize", quantizeSeconds]]
    .filter(([, seconds]) => seconds != null)
    .map(([stage, seconds]) => `${stage} ${latency(seconds)}`)
    .join(", ");

const version = ({ coverBytes, coverModifiedAt, coverEtag, coverHash }) => [
  coverBytes != null && bytes(coverBytes),
  coverModifiedAt && `modified ${at(coverModifiedAt)}`,
  coverEtag && `ETag ${coverEtag}`,
  coverHash && `hash ${coverHash}`,
].filter(Boolean).join(", ");

const at = time => fullDate(Date.parse(time));
const shortened = text => text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
const shown = value => shortened(typeof value === "object" ? JSON.stringify(value) : String(value));

function strip(palette) {
  const colours = create("span", "swatches");
  colours.role = "img";
  colours.ariaLabel = counted(palette.length, "colour");
  colours.append(...swatches(palette));
  return colours;
}

/** A part with those of its values that are known. */
function part(title, values) {
  const list = create("dl", "facts");
  for (const [name, value] of values) {
    if (value) {
      const text = create("dd");
      text.append(value);
      list.append(create("dt", "", name), text);
    }
  }
  const section = create("div", "fact-part");
  section.append(create("h4", "", title), list);
  return section;
}
