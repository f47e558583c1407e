import uPlot from 'uplot';
import { ask } from './api.js';

/** @typedef {import('../types.js').Series} Series */
/** @typedef {import('../types.js').Line} Line */
/** @typedef {import('../types.js').Axis} Axis */
/** @typedef {import('../types.js').Shown} Shown */

/** @param {string | null} start */
const seconds = start => (start ? Date.parse(start) / 1000 : 0);

/**
 * The points of a metric, at most two for each pixel.
 * @param {Shown[]} runs
 * @param {string} metric
 * @param {{ axis: Axis, range: [number, number] | null, pixels: number, signal?: AbortSignal }} options
 * @returns {Promise<Series[]>} In the order of the runs; those without the metric are left out.
 */
export async function loadSeries(runs, metric, { axis, range, pixels, signal }) {
  // Names of metrics may be known before the runs are.
  if (runs.length === 0) {
    return [];
  }
  // The API knows steps and times; seconds since a run's start are another window of time for each run.
  if (axis === 'relative' && range) {
    const parts = await Promise.all(runs.map(run => ask('/series', {
      runs: run.id, metric, axis: 'time', from: range[0] + seconds(run.start), to: range[1] + seconds(run.start), pixels,
    }, { signal })));
    return parts.flatMap(part => part.series);
  }
  const answer = await ask('/series', {
    runs: runs.map(run => run.id).join(','), metric, axis: axis === 'step' ? 'step' : 'time', from: range?.[0], to: range?.[1], pixels,
  }, { signal });
  return answer.series;
}

/**
 * @param {Series} series
 * @param {Axis} axis
 * @param {string | null} start
 */
export function positions(series, axis, start) {
  if (axis === 'step') {
    return series.step;
  }
  if (axis === 'time') {
    return series.time;
  }
  const zero = start ? seconds(start) : series.time[0];
  return series.time.map(time => time - zero);
}

/**
 * Exponential moving average that starts unbiased, as TensorBoard draws it: s ← w·s + (1 − w)·y, divided by 1 − wⁿ.
 * Points that are no number are passed over and stay gaps.
 * @param {(number | null)[]} values
 * @param {number} weight 0 to 1.
 */
export function smooth(values, weight) {
  let last = 0;
  let count = 0;
  return values.map(value => {
    if (value === null || !Number.isFinite(value)) {
      return null;
    }
    last = last * weight + (1 - weight) * value;
    count++;
    return last / (1 - weight ** count);
  });
}

/**
 * Columns for uPlot: one for all positions, one for each line. A missing value is bridged, a null is a gap.
 * @param {Line[]} lines
 * @returns {any[]}
 */
export const columns = lines => (lines.length === 0 ? [[]] : lines.length === 1 ? [lines[0].x, lines[0].y] : uPlot.join(lines.map(line => /** @type {any} */ ([line.x, line.y]))));

/**
 * What a logarithmic axis cannot show is taken out.
 * @param {number[]} x
 * @param {(number | null)[]} y
 * @param {boolean} logX
 * @param {boolean} logY
 */
export function drawable(x, y, logX, logY) {
  /** @type {number[]} */
  const xs = [];
  /** @type {(number | null)[]} */
  const ys = [];
  let hidden = 0;
  for (let i = 0; i < x.length; i++) {
    const value = y[i];
    const isNumber = value !== null && Number.isFinite(value);
    if ((logX && x[i] <= 0) || (logY && isNumber && value <= 0)) {
      hidden++;
    } else if (xs.length === 0 || x[i] > xs[xs.length - 1]) {
      xs.push(x[i]);
      ys.push(isNumber ? value : null);
    } else if (isNumber) {
      // Two points at one position: positions of a line must rise for the join, so the later one moves by the least that a number can.
      const last = xs[xs.length - 1];
      xs.push(last + Math.max(Math.abs(last) * 2e-16, 1e-12));
      ys.push(value);
    }
  }
  return { x: xs, y: ys, hidden };
}

/**
 * Index of the position that is nearest.
 * @param {number[]} x Rising.
 * @param {number} at
 */
export function nearest(x, at) {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && at - x[low - 1] < x[low] - at ? low - 1 : low;
}

const Window = 4000;
const Most = 2_000_000;

/**
 * Every point of a metric, window by window: where the API had to leave points out, the window is halved.
 * @param {Shown} run
 * @param {string} metric
 * @param {(count: number, total: number) => void} [progress]
 * @returns {Promise<{ step: number[], time: number[], value: (number | null)[], total: number, isWhole: boolean }>}
 */
export async function allPoints(run, metric, progress) {
  /** @type {{ step: number[], time: number[], value: (number | null)[], total: number, isWhole: boolean }} */
  const all = { step: [], time: [], value: [], total: 0, isWhole: true };
  /** @param {number | null} from @param {number | null} to @returns {Promise<void>} */
  async function take(from, to) {
    const [series] = (await ask('/series', { runs: run.id, metric, axis: 'step', from, to, pixels: Window })).series;
    if (!series || series.step.length === 0 || all.step.length >= Most) {
      all.isWhole &&= !series || series.step.length === 0;
      return;
    }
    all.total ||= series.total;
    const first = from ?? series.step[0];
    const last = to ?? series.step[series.step.length - 1];
    const middle = Math.floor((first + last) / 2);
    if (!series.exact && middle > first && middle < last) {
      // The ends stay open: the first and last of the points that were sent need not be the series' own.
      await take(from, middle);
      await take(middle + 1, to);
      return;
    }
    all.isWhole &&= series.exact;
    for (let i = 0; i < series.step.length; i++) {
      if ((from === null || series.step[i] >= from) && (to === null || series.step[i] <= to)) {
        all.step.push(series.step[i]);
        all.time.push(series.time[i]);
        all.value.push(series.value[i]);
      }
    }
    progress?.(all.step.length, all.total);
  }
  await take(null, null);
  return all;
}
