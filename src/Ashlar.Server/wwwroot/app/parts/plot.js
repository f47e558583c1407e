import uPlot from 'uplot';
import { useEffect, useRef } from 'preact/hooks';
import { token } from '../core/colors.js';
import { duration, moment, number } from '../core/format.js';
import { html } from '../core/html.js';
import { columns, nearest } from '../core/series.js';
import { useTheme } from '../core/theme.js';

/** @typedef {import('../types.js').Line} Line */
/** @typedef {import('../types.js').ChartView} ChartView */

/** @param {ChartView['axis']} axis @param {number} x */
const position = (axis, x) => (axis === 'step' ? `step ${number(Math.round(x))}` : axis === 'time' ? moment(x) : duration(x));

/**
 * Lines over steps or time. Drag zooms, a double click shows everything; with the keyboard: arrows move the cursor, + and - zoom, Shift and arrows move the window, 0 shows everything.
 * @param {{ lines: Line[], view: ChartView, height: number, label: string, onZoom: (range: [number, number] | null) => void }} properties
 */
export function Plot({ lines, view, height, label, onZoom }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const tip = useRef(/** @type {HTMLDivElement | null} */ (null));
  const said = useRef(/** @type {HTMLSpanElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const latest = useRef({ lines, view, onZoom });
  latest.current = { lines, view, onZoom };
  const { isDark } = useTheme();
  const shape = lines.map(line => `${line.key}|${line.color}|${line.width}|${line.faint}`).join();

  useEffect(() => {
    if (!place.current) {
      return;
    }
    const element = place.current;
    const made = new uPlot(options(element.clientWidth, height, latest, tip), /** @type {any} */ (columns(lines)), element);
    plot.current = made;
    const observer = new ResizeObserver(() => element.clientWidth > 0 && made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, view.axis, view.logX, view.logY, view.outliers, isDark, height]);

  useEffect(() => {
    plot.current?.setData(/** @type {any} */ (columns(lines)), true);
  }, [lines, view.zoom?.[0], view.zoom?.[1]]);

  /** @param {KeyboardEvent} event */
  const onKeyDown = event => {
    const u = plot.current;
    if (u) {
      steer(u, event, latest.current.onZoom, said.current, latest.current);
    }
  };

  return html`
    <div class="plot" ref=${place} style=${{ height: `${height}px` }} tabIndex=${0} role="group" aria-roledescription="chart" aria-label="${label}. Arrows move the cursor, plus and minus zoom, 0 shows everything."
      onKeyDown=${onKeyDown} onDblClick=${() => onZoom(null)} onBlur=${() => plot.current?.setCursor({ left: -10, top: -10 })}>
      <div class="tip" ref=${tip} hidden></div>
      <span class="unseen" aria-live="polite" ref=${said}></span>
    </div>`;
}

/**
 * @param {uPlot} u
 * @param {KeyboardEvent} event
 * @param {(range: [number, number] | null) => void} onZoom
 * @param {HTMLElement | null} said
 * @param {{ lines: Line[], view: ChartView }} latest
 */
function steer(u, event, onZoom, said, latest) {
  const { min, max } = u.scales.x;
  if (min === undefined || max === undefined || min === null || max === null) {
    return;
  }
  const middle = (min + max) / 2;
  const half = (max - min) / 2;
  const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (event.key === '+' || event.key === '=') {
    const left = u.cursor.left ?? -1;
    const at = left >= 0 ? u.posToVal(left, 'x') : middle;
    onZoom([at - half / 2, at + half / 2]);
  } else if (event.key === '-') {
    onZoom([middle - half * 2, middle + half * 2]);
  } else if (event.key === '0') {
    onZoom(null);
  } else if (direction !== 0 && event.shiftKey) {
    onZoom([min + direction * half / 2, max + direction * half / 2]);
  } else if (direction !== 0) {
    const width = u.over.clientWidth;
    const before = u.cursor.left ?? -1;
    const left = Math.min(width - 1, Math.max(0, (before < 0 ? width / 2 : before) + direction * Math.max(4, width / 60)));
    u.setCursor({ left, top: u.over.clientHeight / 3 });
    if (said) {
      said.textContent = `${position(latest.view.axis, u.posToVal(left, 'x'))}: ${readout(u, latest.lines).map(row => `${row.line.label} ${number(row.value)}`).join(', ')}`;
    }
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/**
 * The values at the cursor, largest first. Raw lines below smoothed ones are left out.
 * @param {uPlot} u
 * @param {Line[]} lines
 */
function readout(u, lines) {
  const at = u.posToVal(u.cursor.left ?? 0, 'x');
  return lines.filter(line => !line.faint && line.x.length > 0).map(line => {
    const index = nearest(line.x, at);
    return { line, x: line.x[index], value: line.y[index] };
  }).sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
}

/**
 * @param {uPlot} u
 * @param {HTMLDivElement} tip
 * @param {{ lines: Line[], view: ChartView }} latest
 */
function showTip(u, tip, { lines, view }) {
  const left = u.cursor.left ?? -1;
  const rows = left < 0 ? [] : readout(u, lines);
  tip.hidden = rows.length === 0;
  if (tip.hidden) {
    return;
  }
  const head = document.createElement('b');
  head.textContent = position(view.axis, u.posToVal(left, 'x'));
  tip.replaceChildren(head, ...rows.slice(0, 12).map(({ line, x, value }) => {
    const row = document.createElement('div');
    const mark = document.createElement('i');
    mark.style.background = line.color;
    const name = document.createElement('span');
    name.textContent = line.label;
    const figure = document.createElement('strong');
    figure.textContent = number(value ?? NaN);
    const where = document.createElement('small');
    where.textContent = view.axis === 'step' ? `@${number(x)}` : '';
    row.append(mark, name, figure, where);
    return row;
  }));
  if (rows.length > 12) {
    const more = document.createElement('small');
    more.textContent = `and ${rows.length - 12} more`;
    tip.append(more);
  }
  const over = u.over;
  const isRight = left > over.clientWidth * 0.55;
  tip.style.left = isRight ? '' : `${over.offsetLeft + left + 14}px`;
  tip.style.right = isRight ? `${u.root.clientWidth - over.offsetLeft - left + 14}px` : '';
}

/**
 * @param {number} width
 * @param {number} height
 * @param {{ current: { lines: Line[], view: ChartView, onZoom: (range: [number, number] | null) => void } }} latest
 * @param {{ current: HTMLDivElement | null }} tip
 * @returns {uPlot.Options}
 */
function options(width, height, latest, tip) {
  const { view, lines } = latest.current;
  const text = token('--muted');
  const grid = token('--grid');
  const font = `11px ${token('--sans')}`;
  // On a logarithmic axis only the powers of ten have lines and numbers, as long as there are some.
  const filter = (/** @type {uPlot} */ _, /** @type {number[]} */ splits) => {
    const tens = splits.map(split => (isPowerOfTen(split) ? split : null));
    return tens.filter(split => split !== null).length > 1 ? tens : splits;
  };
  const axis = (/** @type {boolean} */ isLog) => ({
    stroke: text, font, ...(isLog ? { filter } : {}),
    grid: { stroke: grid, width: 1, ...(isLog ? { filter } : {}) },
    ticks: { stroke: grid, width: 1, size: 4, ...(isLog ? { filter } : {}) },
  });
  return {
    width: Math.max(100, width),
    height,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: {
      drag: { x: true, y: false, setScale: false, dist: 5 },
      points: { size: 6, width: 1 },
      dataIdx: (u, seriesIndex, hovered) => present(u.data[seriesIndex], hovered),
      bind: { dblclick: () => () => null },
    },
    scales: {
      x: {
        time: view.axis === 'time',
        distr: view.logX ? 3 : 1,
        range: (_, low, high) => span(latest.current.view.zoom, low, high, view.logX),
      },
      y: {
        distr: view.logY ? 3 : 1,
        ...(view.outliers ? { range: (u, low, high) => trimmed(u, low, high, view.logY) } : {}),
      },
    },
    axes: [
      { ...axis(view.logX), size: 28, gap: 3, ...(view.axis === 'time' ? {} : { values: (_, marks, __, ___, step) => marks.map(mark => (mark === null ? '' : view.axis === 'step' ? tick(mark) : seconds(mark, step))) }) },
      { ...axis(view.logY), size: 52, gap: 4, values: (_, marks) => marks.map(mark => (mark === null ? '' : tick(mark))) },
    ],
    series: [{}, ...lines.map(line => ({
      label: line.label,
      stroke: line.color,
      width: line.width,
      dash: line.dash,
      alpha: line.faint ? 0.28 : 1,
      points: { show: !line.faint && line.x.length <= 40, size: 4, fill: line.color },
    }))],
    hooks: {
      setCursor: [u => tip.current && showTip(u, tip.current, latest.current)],
      setSelect: [u => {
        if (u.select.width >= 5) {
          latest.current.onZoom([u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')]);
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        }
      }],
    },
  };
}

/** Time since the start as a mark of the axis. @param {number} mark @param {number} step Between marks. */
const seconds = (mark, step) => (step < 1 ? `${mark.toFixed(step < 0.1 ? 2 : 1)} s` : mark === 0 ? '0' : duration(mark).replace(/ 0+ s$| 0+ min$/, ''));

/** @param {number | null} value */
const isPowerOfTen = value => value !== null && value > 0 && Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;

/** @param {number} mark */
function tick(mark) {
  const size = Math.abs(mark);
  return size >= 1e9 ? `${Number((mark / 1e9).toPrecision(4))}G`
    : size >= 1e6 ? `${Number((mark / 1e6).toPrecision(4))}M`
    : size >= 1e4 ? `${Number((mark / 1e3).toPrecision(4))}k`
    : size !== 0 && size < 1e-3 ? mark.toExponential(1).replace('.0e', 'e')
    : String(Number(mark.toPrecision(6)));
}

/**
 * @param {[number, number] | null} zoom
 * @param {number | null} low
 * @param {number | null} high
 * @param {boolean} isLog
 * @returns {[number, number]}
 */
function span(zoom, low, high, isLog) {
  let from = zoom?.[0] ?? low ?? 0;
  let to = zoom?.[1] ?? high ?? 1;
  if (isLog && from <= 0) {
    from = low && low > 0 ? low : Math.max(to, 1) / 1000;
  }
  if (!(to > from)) {
    from = isLog ? from / 2 : from - 0.5;
    to = isLog ? from * 4 : from + 1;
  }
  return [from, to];
}

/**
 * The range without the lowest and highest hundredth of the values that are seen.
 * @param {uPlot} u
 * @param {number | null} low
 * @param {number | null} high
 * @param {boolean} isLog
 * @returns {[number, number]}
 */
function trimmed(u, low, high, isLog) {
  const x = u.data[0];
  const from = u.scales.x.min ?? -Infinity;
  const to = u.scales.x.max ?? Infinity;
  /** @type {number[]} */
  const values = [];
  for (let s = 1; s < u.data.length; s++) {
    const y = u.data[s];
    for (let i = 0; i < x.length; i++) {
      const value = y[i];
      if (value !== null && value !== undefined && x[i] >= from && x[i] <= to) {
        values.push(value);
      }
    }
  }
  if (values.length < 20 || low === null || high === null) {
    return isLog ? /** @type {[number, number]} */ (uPlot.rangeLog(low ?? 1, high ?? 10, 10, false)) : /** @type {[number, number]} */ (uPlot.rangeNum(low ?? 0, high ?? 1, 0.1, true));
  }
  values.sort((a, b) => a - b);
  const bottom = values[Math.floor(values.length * 0.01)];
  const top = values[Math.ceil(values.length * 0.99) - 1];
  const margin = (top - bottom || Math.abs(top) || 1) * 0.08;
  return isLog ? [bottom / 1.1, top * 1.1] : [bottom - margin, top + margin];
}

/**
 * The place nearest to an index where a line has a value: lines of other runs have positions between.
 * @param {ArrayLike<number | null | undefined>} values
 * @param {number} index
 */
function present(values, index) {
  for (let away = 0; away < 500; away++) {
    if (values[index - away] !== null && values[index - away] !== undefined) {
      return index - away;
    }
    if (values[index + away] !== null && values[index + away] !== undefined) {
      return index + away;
    }
  }
  return null;
}
