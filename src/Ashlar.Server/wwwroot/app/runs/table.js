import { useEffect, useRef } from 'preact/hooks';
import { number } from '../core/format.js';
import { html } from '../core/html.js';
import { go } from '../core/url.js';
import { Icon } from '../parts/icons.js';
import { LineMark } from '../parts/legend.js';
import { useWindow, visibleRows } from '../parts/virtual.js';

/** @typedef {import('../types.js').RunRow} RunRow */
/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('./groups.js').Group} Group */

const RowHeight = 30;

/**
 * One line of the table: a run, or the head of a group.
 * @typedef {{ run?: RunRow, group?: Group, isPinned?: boolean, isEmpty?: boolean }} TableLine
 */

/**
 * Runs in rows; only those on the screen exist. Arrows, Home, End and Page keys move; Space selects, Enter opens, p pins.
 * @param {object} properties
 * @param {number} properties.count
 * @param {(index: number) => TableLine} properties.line
 * @param {(first: number, end: number) => void} properties.onSee
 * @param {Column[]} properties.columns
 * @param {string} properties.sort
 * @param {(sort: string) => void} properties.onSort
 * @param {string[]} properties.selected
 * @param {(id: string) => void} properties.onSelect
 * @param {string[]} properties.pinned
 * @param {(id: string) => void} properties.onPin
 * @param {Map<string, number>} properties.slots Which runs the charts show, and in which colour.
 * @param {string[]} properties.closed Groups that are folded.
 * @param {(group: string) => void} properties.onFold
 * @param {boolean} properties.isGrouped
 */
export function RunTable({ count, line, onSee, columns, sort, onSort, selected, onSelect, pinned, onPin, slots, closed, onFold, isGrouped }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const seen = useWindow(box);
  const active = useRef(0);
  const { first, end } = visibleRows(seen, count, RowHeight);
  useEffect(() => onSee(first, end), [first, end, onSee]);
  // Heads of groups hold a mean and its deviation in the columns of metrics.
  const widths = columns.map(column => column.width + (isGrouped && column.kind === 'metrics' ? 44 : 0));
  const template = `28px minmax(180px, 1fr) ${widths.map(width => `${width}px`).join(' ')}`;
  const least = widths.reduce((sum, width) => sum + width, 28 + 180);

  /** @param {number} index */
  const focus = index => {
    active.current = Math.min(count - 1, Math.max(0, index));
    const element = box.current;
    if (element) {
      const top = active.current * RowHeight;
      if (top < element.scrollTop) {
        element.scrollTop = top;
      } else if (top + RowHeight * 2 > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + RowHeight * 2 - element.clientHeight;
      }
      let tries = 0;
      const take = () => {
        const row = /** @type {HTMLElement | null} */ (element.querySelector(`[data-row="${active.current}"]`));
        if (row) {
          row.focus({ preventScroll: true });
        } else if (++tries < 10) {
          requestAnimationFrame(take);
        }
      };
      take();
    }
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = event => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (!row || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    active.current = Number(row.getAttribute('data-row'));
    const { run, group } = line(active.current);
    const page = Math.max(1, Math.floor(seen.height / RowHeight) - 2);
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowDown: () => focus(active.current + 1), j: () => focus(active.current + 1),
      ArrowUp: () => focus(active.current - 1), k: () => focus(active.current - 1),
      Home: () => focus(0), End: () => focus(count - 1),
      PageDown: () => focus(active.current + page), PageUp: () => focus(active.current - page),
      ' ': () => (run ? onSelect(run.id) : group && onFold(group.key)), x: () => run && onSelect(run.id),
      Enter: () => (run ? go(`/runs/${encodeURIComponent(run.id)}`) : group && onFold(group.key)),
      p: () => run && onPin(run.id),
    };
    const action = actions[event.key];
    if (action && (event.target === row || !/^(Enter| )$/.test(event.key))) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  };

  const rows = [];
  for (let index = first; index < end; index++) {
    const { run, group, isPinned } = line(index);
    const place = { transform: `translateY(${index * RowHeight}px)`, gridTemplateColumns: template };
    const tabIndex = index === Math.min(Math.max(active.current, first), end - 1) ? 0 : -1;
    if (group) {
      rows.push(html`<div key=${`group ${group.key}`} class="row group-row" role="row" aria-rowindex=${index + 2} data-row=${index} tabIndex=${tabIndex} style=${place} aria-expanded=${String(!closed.includes(group.key))} onClick=${() => onFold(group.key)}>
        <span role="gridcell"><${Icon} name="chevron" /></span><span role="gridcell" class="name">${group.title} <span class="count">${group.runs.length}</span></span>
        ${columns.map(column => html`<span role="gridcell" key=${column.key} class="number">${column.kind === 'metrics' ? mean(group.runs, column) : ''}</span>`)}
      </div>`);
    } else if (run) {
      const isSelected = selected.includes(run.id);
      const slot = slots.get(run.id);
      rows.push(html`<div key=${`${isPinned ? 'pin ' : ''}${run.id}`} class="row ${isSelected ? 'selected' : ''} ${isPinned ? 'pinned' : ''}" role="row" aria-rowindex=${index + 2} aria-selected=${String(isSelected)} data-row=${index} data-run=${run.id} tabIndex=${tabIndex} style=${place}>
        <span role="gridcell"><input type="checkbox" tabIndex=${-1} aria-label=${`select ${run.name}`} checked=${isSelected} onChange=${() => onSelect(run.id)} /></span>
        <span role="gridcell" class="name">
          ${slot === undefined ? html`<i class="line-mark"></i>` : html`<${LineMark} slot=${slot} />`}
          <a href=${`/runs/${encodeURIComponent(run.id)}`} tabIndex=${-1} title=${`${run.name} ${run.id}`}>${run.name}</a><small>${run.id.slice(-6)}</small>
          <button type="button" class="pin ${pinned.includes(run.id) ? 'on' : ''}" tabIndex=${-1} aria-pressed=${String(pinned.includes(run.id))} title="pin to the top" aria-label=${`pin ${run.name}`} onClick=${() => onPin(run.id)}><${Icon} name="pin" size=${12} /></button>
        </span>
        ${columns.map(column => html`<span role="gridcell" key=${column.key} class=${column.isNumber ? 'number' : ''}>${column.cell(run)}</span>`)}
      </div>`);
    } else {
      rows.push(html`<div key=${`wait ${index}`} class="row waiting" role="row" aria-rowindex=${index + 2} style=${place}></div>`);
    }
  }

  return html`
    <div class="run-table" ref=${box} role="grid" aria-label="runs" aria-rowcount=${count + 1} aria-multiselectable="true" onKeyDown=${onKeyDown}>
      <div class="row head" role="row" aria-rowindex=${1} style=${{ gridTemplateColumns: template, minWidth: `${least}px` }}>
        <span role="columnheader"></span>
        <${Head} title="run" field="name" sort=${sort} onSort=${onSort} />
        ${columns.map(column => html`<${Head} key=${column.key} title=${column.title} hint=${column.kind} field=${column.field} isNumber=${column.isNumber} sort=${sort} onSort=${onSort} />`)}
      </div>
      <div class="rows" role="rowgroup" style=${{ height: `${count * RowHeight}px`, minWidth: `${least}px` }}>${rows}</div>
    </div>`;
}

/**
 * @param {{ title: string, hint?: string, field: string | null, isNumber?: boolean, sort: string, onSort: (sort: string) => void }} properties
 */
function Head({ title, hint, field, isNumber, sort, onSort }) {
  const [main] = sort.split(',');
  const isFalling = main === `-${field}`;
  const isSorted = isFalling || main === field;
  const text = html`<span class="title">${title}</span>`;
  return html`<span role="columnheader" class=${isNumber ? 'number' : ''} title=${hint && hint !== 'run' ? `${hint}.${title}` : title} aria-sort=${isSorted ? (isFalling ? 'descending' : 'ascending') : 'none'}>
    ${field === null ? text : html`<button type="button" onClick=${() => onSort(isSorted ? (isFalling ? field : `-${field}`) : isNumber ? `-${field}` : field)}>${text}${isSorted && html`<${Icon} name=${isFalling ? 'down' : 'up'} size=${11} />`}</button>`}
  </span>`;
}

/** Mean and standard deviation of a group. @param {RunRow[]} runs @param {Column} column */
function mean(runs, column) {
  const values = runs.map(column.value).filter(value => typeof value === 'number' && Number.isFinite(value)).map(Number);
  if (values.length === 0) {
    return '';
  }
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1));
  return html`<span title=${`mean of ${values.length}, standard deviation ${number(spread)}`}>${number(middle)}${values.length > 1 && html`<small> ±${Number(spread.toPrecision(2))}</small>`}</span>`;
}
