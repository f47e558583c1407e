import { useRef, useState } from 'preact/hooks';
import { scaleColor } from '../core/colors.js';
import { html } from '../core/html.js';
import { useTheme } from '../core/theme.js';

/** @typedef {import('./axes.js').SweepAxis} SweepAxis */
/** @typedef {import('../types.js').Sweep} Sweep */
/** @typedef {import('../types.js').Trial} Trial */

const Width = 1200;
const Height = 320;
const Top = 30;
const Bottom = 296;
const Left = 60;
const Right = 1120;

/** @param {number} share */
const yOf = share => Bottom - share * (Bottom - Top);

/**
 * One line for each trial over all axes, coloured by the metric. Drag along an axis marks a range; with the keyboard: arrows move the mark, + and - change its size, Delete takes it away.
 * @param {{ axes: SweepAxis[], sweep: Sweep, isInside: (trial: Trial) => boolean, brushes: Map<string, [number, number]>, onBrush: (name: string, range: [number, number] | null) => void, marked: string | null, onMark: (run: string | null) => void }} properties
 */
export function Parallel({ axes, sweep, isInside, brushes, onBrush, marked, onMark }) {
  const { isDark } = useTheme();
  const drawing = useRef(/** @type {SVGSVGElement | null} */ (null));
  const [drag, setDrag] = useState(/** @type {{ name: string, from: number, to: number } | null} */ (null));
  const xOf = (/** @type {number} */ i) => Left + i * (Right - Left) / Math.max(1, axes.length - 1);
  const metric = axes[axes.length - 1];

  /** @param {PointerEvent} event */
  const shareAt = event => {
    const box = /** @type {SVGSVGElement} */ (drawing.current).getBoundingClientRect();
    return Math.min(1, Math.max(0, (Bottom - (event.clientY - box.top) * Height / box.height) / (Bottom - Top)));
  };
  /** @param {KeyboardEvent} event @param {string} name */
  const onKeyDown = (event, name) => {
    const [low, high] = brushes.get(name) ?? [0, 1];
    const by = event.key === 'ArrowUp' ? 0.05 : event.key === 'ArrowDown' ? -0.05 : 0;
    const grow = event.key === '+' ? 0.05 : event.key === '-' ? -0.05 : 0;
    if (event.key === 'Delete' || event.key === 'Escape') {
      onBrush(name, null);
    } else if (by !== 0) {
      const shift = Math.min(1 - high, Math.max(-low, by));
      onBrush(name, [low + shift, high + shift]);
    } else if (grow !== 0) {
      const next = /** @type {[number, number]} */ ([Math.max(0, low - grow), Math.min(1, high + grow)]);
      onBrush(name, next[1] - next[0] < 0.02 ? [low, high] : next);
    } else {
      return;
    }
    event.preventDefault();
  };

  const trials = [...sweep.trials].sort((a, b) => Number(isInside(a)) - Number(isInside(b)) || Number(a.run === marked) - Number(b.run === marked));
  return html`
    <svg class="parallel" ref=${drawing} viewBox=${`0 0 ${Width} ${Height}`} role="group" aria-label="parallel coordinates; the table of trials has the numbers"
      onPointerMove=${(/** @type {PointerEvent} */ event) => drag && setDrag({ ...drag, to: shareAt(event) })}
      onPointerUp=${() => {
        if (drag) {
          const range = /** @type {[number, number]} */ ([Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]);
          onBrush(drag.name, range[1] - range[0] < 0.01 ? null : range);
          setDrag(null);
        }
      }}>
      <g>${trials.map(trial => {
        const at = axes.map((axis, i) => axis.place(i < axes.length - 1 ? trial.params[axis.name] : trial.metric));
        // A trial without a result ends before the last axis.
        const points = at.flatMap((share, i) => (share === null ? [] : [`${xOf(i)},${yOf(share).toFixed(1)}`]));
        const share = metric.place(trial.metric);
        const inside = isInside(trial);
        return html`<polyline key=${trial.run} class=${`${inside ? '' : 'outside'} ${trial.run === marked ? 'marked' : ''} ${share === null ? 'without' : ''}`} points=${points.join(' ')}
          stroke=${share === null || !inside ? undefined : scaleColor(sweep.maximize ? share : 1 - share, isDark)}
          onClick=${() => onMark(trial.run === marked ? null : trial.run)}><title>${trial.run}: ${trial.metric ?? trial.state}</title></polyline>`;
      })}</g>
      ${axes.map((axis, i) => {
        const range = drag?.name === axis.name ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : brushes.get(axis.name);
        return html`<g key=${axis.name} transform=${`translate(${xOf(i)},0)`}>
          <line class="axis" y1=${Top} y2=${Bottom} />
          <text class="axis-name" y="16" text-anchor=${i === 0 ? 'start' : i === axes.length - 1 ? 'end' : 'middle'} x=${i === 0 ? -Left + 4 : i === axes.length - 1 ? Width - Right - 4 : 0}>${axis.name}${axis.kind === 'log' ? ' (log)' : ''}</text>
          ${axis.marks.map(mark => html`<text key=${mark.text} x="7" y=${yOf(mark.at) + 4}>${mark.text}</text>`)}
          ${range && html`<rect class="brush" x="-7" width="14" y=${yOf(range[1])} height=${Math.max(1, yOf(range[0]) - yOf(range[1]))} rx="2" />`}
          <rect class="handle" x="-12" width="24" y=${Top} height=${Bottom - Top} tabindex="0" role="slider" aria-label=${`range of ${axis.name}`} aria-orientation="vertical" aria-valuemin="0" aria-valuemax="1" aria-valuenow=${range ? (range[0] + range[1]) / 2 : 0.5}
            aria-valuetext=${range ? `${Math.round(range[0] * 100)} to ${Math.round(range[1] * 100)} percent of the axis` : 'everything'}
            onKeyDown=${(/** @type {KeyboardEvent} */ event) => onKeyDown(event, axis.name)}
            onPointerDown=${(/** @type {PointerEvent} */ event) => {
              const at = shareAt(event);
              drawing.current?.setPointerCapture(event.pointerId);
              setDrag({ name: axis.name, from: at, to: at });
            }} />
        </g>`;
      })}
    </svg>`;
}
