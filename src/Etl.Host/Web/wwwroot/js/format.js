// Numbers, durations and times as an operator reads them. A figure that is not known is a dash.

const NOTHING = "–";
const SPACE = "\u00a0";
const integers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const count = value => value == null ? NOTHING : integers.format(value);

/** A size as `812 bytes`, `54 KB`, `1.2 MB`. */
export function bytes(value) {
  return value == null ? NOTHING
    : value < 1000 ? `${value}${SPACE}bytes`
    : value < 1e6 ? `${Math.round(value / 1000)}${SPACE}KB`
    : `${(value / 1e6).toFixed(1)}${SPACE}MB`;
}

/** `1 movie`, `2 movies`. */
export const counted = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** Three digits are enough to see a rate move. */
export function rate(value) {
  return value == null ? NOTHING
    : value === 0 ? "0"
    : value >= 100 ? integers.format(value)
    : value.toFixed(value >= 10 ? 1 : 2);
}

/** A share that is above nothing and below all never reads as 0 % or 100 %. */
export function percent(share) {
  if (share == null) {
    return NOTHING;
  }
  const rounded = Math.round(share * 100);
  const held = share > 0 && share < 1 ? Math.min(99, Math.max(1, rounded)) : rounded;
  return `${held}${SPACE}%`;
}

/** Seconds as `400 µs`, `38 ms`, `1.2 s`. */
export function latency(seconds) {
  return seconds == null ? NOTHING
    : seconds < 0.001 ? `${Math.round(seconds * 1e6)}${SPACE}µs`
    : seconds < 0.01 ? `${(seconds * 1e3).toFixed(1)}${SPACE}ms`
    : seconds < 1 ? `${Math.round(seconds * 1e3)}${SPACE}ms`
    : `${seconds.toFixed(1)}${SPACE}s`;
}

/** Seconds in their two largest units: `41 s`, `6 min 20 s`, `2 h 5 min`. */
export function duration(seconds) {
  if (seconds == null) {
    return NOTHING;
  }
  const whole = Math.max(0, Math.round(seconds));
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => whole >= size);
  if (first < 0) {
    return `0${SPACE}s`;
  }
  const [name, size] = units[first];
  const [nextName, nextSize] = units[first + 1] ?? [];
  const rest = nextSize ? Math.floor(whole % size / nextSize) : 0;
  const text = `${Math.floor(whole / size)}${SPACE}${name}`;
  return rest > 0 ? `${text} ${rest}${SPACE}${nextName}` : text;
}

export const time = milliseconds => clock.format(milliseconds);
export const timeWithSeconds = milliseconds => clockWithSeconds.format(milliseconds);
export const fullDate = milliseconds => date.format(milliseconds);

/** `4 min ago`, in the largest unit alone. */
export function ago(milliseconds, now) {
  const seconds = (now - milliseconds) / 1000;
  return seconds < 10 ? "just now" : `${largestUnit(seconds)} ago`;
}

/** `in 4 min`, in the largest unit alone. */
export function until(milliseconds, now) {
  const seconds = (milliseconds - now) / 1000;
  return seconds <= 0 ? "due" : `in ${largestUnit(seconds)}`;
}

/** A colour as `#7cc6cb`. */
export const hex = color => "#" + color.map(channel => channel.toString(16).padStart(2, "0")).join("");

const largestUnit = seconds => duration(seconds).split(" ")[0];
