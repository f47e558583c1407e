/** @typedef {import('../types.js').Value} Value */

/**
 * A number in at most five significant digits; what the table and CSV give is never shortened.
 * @param {number | null | undefined} value
 */
export function number(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '-∞';
  }
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, size >= 1e4 ? '\u202f' : '');
  }
  return size !== 0 && (size < 1e-3 || size >= 1e6)
    ? value.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e')
    : String(Number(value.toPrecision(5)));
}

/** @param {unknown} value A value of a configuration. */
export function plain(value) {
  return value === null || value === undefined ? '–'
    : typeof value === 'number' ? number(value)
    : typeof value === 'object' ? JSON.stringify(value)
    : String(value);
}

/** @param {number} count */
export const whole = count => String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** @param {number | null | undefined} size */
export function bytes(size) {
  if (size === null || size === undefined) {
    return '–';
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = size < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(size) / 10));
  return `${power === 0 ? size : (size / 1024 ** power).toPrecision(3)} ${units[power]}`;
}

/** @param {number} seconds */
export function duration(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) {
    return '–';
  }
  const s = Math.round(seconds);
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms`
    : s < 60 ? `${s} s`
    : s < 3600 ? `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`
    : s < 86400 ? `${Math.floor(s / 3600)} h ${String(Math.floor(s / 60) % 60).padStart(2, '0')} min`
    : `${Math.floor(s / 86400)} d ${Math.floor(s / 3600) % 24} h`;
}

/**
 * How long a run took, or takes so far.
 * @param {{ start: string | null, end: string | null, state: string }} run
 */
export function took(run) {
  if (!run.start || (!run.end && run.state !== 'running')) {
    return '–';
  }
  return duration(((run.end ? Date.parse(run.end) : Date.now()) - Date.parse(run.start)) / 1000);
}

/** @param {number} n */
const two = n => String(n).padStart(2, '0');

/** @param {string | number | null | undefined} time ISO text, or seconds since 1970. */
export function moment(time) {
  if (time === null || time === undefined) {
    return '–';
  }
  const date = new Date(typeof time === 'number' ? time * 1000 : time);
  return Number.isNaN(date.getTime()) ? '–'
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** @param {string | null} time */
export function ago(time) {
  if (!time) {
    return '–';
  }
  const seconds = (Date.now() - Date.parse(time)) / 1000;
  return seconds < 10 ? 'now'
    : seconds < 60 ? `${Math.floor(seconds)} s ago`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago`
    : seconds < 86400 * 30 ? `${Math.floor(seconds / 86400)} d ago`
    : moment(time).slice(0, 10);
}

/** @param {string | null | undefined} hash */
export const short = hash => (hash ? hash.slice(0, 10) : '–');

/** @param {string[]} words A command as it is typed. */
export const command = words => words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/** @param {number} count @param {string} one @param {string} [many] */
export const plural = (count, one, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`;
