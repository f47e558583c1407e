import { number, plain } from '../core/format.js';

/**
 * @typedef {object} SweepAxis
 * @property {string} name
 * @property {'linear' | 'log' | 'word'} kind
 * @property {string[]} words Values of an axis of words.
 * @property {(value: unknown) => number | null} place Share of the axis, 0 to 1.
 * @property {{ at: number, text: string }[]} marks
 */

/**
 * An axis for the values that trials have: words in equal distances, positive numbers over two decades or more by their logarithms.
 * @param {string} name
 * @param {unknown[]} values
 * @returns {SweepAxis}
 */
export function axisOf(name, values) {
  const present = values.filter(value => value !== null && value !== undefined);
  const numbers = present.filter(value => typeof value === 'number' && Number.isFinite(value)).map(Number);
  if (numbers.length < present.length || numbers.length === 0) {
    const words = [...new Set(present.map(plain))].sort();
    const place = (/** @type {unknown} */ value) => {
      const index = words.indexOf(plain(value));
      return value === null || value === undefined || index < 0 ? null : words.length === 1 ? 0.5 : index / (words.length - 1);
    };
    return { name, kind: 'word', words, place, marks: words.map((text, i) => ({ at: words.length === 1 ? 0.5 : i / (words.length - 1), text })) };
  }
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const isLog = low > 0 && high / low >= 100;
  const to = isLog ? Math.log : (/** @type {number} */ value) => value;
  const from = isLog ? Math.exp : (/** @type {number} */ value) => value;
  const [a, b] = [to(low), to(high)];
  const place = (/** @type {unknown} */ value) => (typeof value !== 'number' || !Number.isFinite(value) ? null : b > a ? (to(value) - a) / (b - a) : 0.5);
  const distinct = [...new Set(numbers)];
  const marks = distinct.length <= 6
    ? distinct.map(value => ({ at: place(value) ?? 0, text: number(value) }))
    : [0, 0.25, 0.5, 0.75, 1].map(at => ({ at, text: number(Number(from(a + at * (b - a)).toPrecision(3))) }));
  return { name, kind: isLog ? 'log' : 'linear', words: [], place, marks };
}

/** Ranks with the mean for equal values. @param {number[]} values */
function ranks(values) {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const rank = new Array(values.length).fill(0);
  for (let i = 0; i < order.length;) {
    let end = i;
    while (end + 1 < order.length && values[order[end + 1]] === values[order[i]]) {
      end++;
    }
    for (let k = i; k <= end; k++) {
      rank[order[k]] = (i + end) / 2;
    }
    i = end + 1;
  }
  return rank;
}

/**
 * Spearman's rank correlation; NaN with fewer than three pairs or where one side has a single value.
 * @param {(number | null)[][]} pairs
 */
export function rankCorrelation(pairs) {
  const whole = pairs.filter(([x, y]) => x !== null && y !== null);
  if (whole.length < 3) {
    return NaN;
  }
  const x = ranks(whole.map(pair => Number(pair[0])));
  const y = ranks(whole.map(pair => Number(pair[1])));
  const middle = (whole.length - 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - middle) * (y[i] - middle);
    xx += (x[i] - middle) ** 2;
    yy += (y[i] - middle) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : NaN;
}
