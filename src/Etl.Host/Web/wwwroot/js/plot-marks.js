// The marks of the plot: runs, reloads, and times without work such as locks and outages.

const RUN = { width: 2, height: 7 };
const DASHES = [4, 3];

/**
 * Draws the marks below the series.
 * @param {uPlot} plot
 * @param {{runs: number[], reloads: number[], spans: {state: string, from: number, to: number}[]}} marks
 * @param {(name: string) => string} color the value of a custom property
 */
export function drawMarks(plot, { runs, reloads, spans }, color) {
  const { ctx, bbox: { left, top, width, height } } = plot;
  const x = time => Math.min(left + width, Math.max(left, plot.valToPos(time, "x", true)));
  const pixel = devicePixelRatio;
  ctx.save();
  for (const { state, from, to } of spans) {
    ctx.fillStyle = color(state === "paused" || state === "standby" ? "--sunken" : "--amber-soft");
    ctx.fillRect(x(from), top, Math.max(2 * pixel, x(to) - x(from)), height);
  }
  ctx.fillStyle = color("--line-strong");
  for (const time of runs) {
    ctx.fillRect(x(time) - RUN.width / 2 * pixel, top, RUN.width * pixel, RUN.height * pixel);
  }
  ctx.strokeStyle = color("--ink-2");
  ctx.lineWidth = pixel;
  ctx.setLineDash(DASHES.map(length => length * pixel));
  for (const time of reloads) {
    ctx.beginPath();
    ctx.moveTo(x(time), top);
    ctx.lineTo(x(time), top + height);
    ctx.stroke();
  }
  ctx.restore();
}
