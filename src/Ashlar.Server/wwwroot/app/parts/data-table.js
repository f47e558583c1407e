import { useRef } from 'preact/hooks';
import { html } from '../core/html.js';
import { useWindow, visibleRows } from './virtual.js';

const RowHeight = 24;

/**
 * A table of any length: only the rows that are seen are drawn.
 * @param {{ label: string, columns: { name: string, isNumber?: boolean }[], count: number, row: (index: number) => any[], height?: number | string, note?: any }} properties
 */
export function DataTable({ label, columns, count, row, height = 240, note }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const seen = useWindow(box);
  const { first, end } = visibleRows(seen, count, RowHeight);
  const rows = [];
  for (let index = first; index < end; index++) {
    rows.push(html`<tr key=${index} aria-rowindex=${index + 2}>${row(index).map((cell, i) => html`<td class=${columns[i].isNumber ? 'number' : ''}>${cell}</td>`)}</tr>`);
  }
  return html`
    <div class="data-table" ref=${box} style=${{ height: typeof height === 'number' ? `${height}px` : height }} tabIndex=${0} role="region" aria-label=${label}>
      <table aria-label=${label} aria-rowcount=${count + 1}>
        <thead><tr>${columns.map(column => html`<th scope="col" class=${column.isNumber ? 'number' : ''}>${column.name}</th>`)}</tr></thead>
        <tbody>
          ${first > 0 && html`<tr class="space" aria-hidden="true"><td colSpan=${columns.length} style=${{ height: `${first * RowHeight}px` }}></td></tr>`}
          ${rows}
          ${end < count && html`<tr class="space" aria-hidden="true"><td colSpan=${columns.length} style=${{ height: `${(count - end) * RowHeight}px` }}></td></tr>`}
        </tbody>
      </table>
      ${note}
    </div>`;
}
