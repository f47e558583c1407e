import { html } from '../core/html.js';
import { Dialog } from './basics.js';

const Keys = [
  ['everywhere', [['1 2 3', 'runs, compare, sweeps'], ['t', 'theme: system, light, dark'], ['?', 'these keys'], ['Esc', 'close, leave a field, clear the selection']]],
  ['runs', [['/', 'filter'], ['s', 'search names'], ['j k ↑ ↓', 'move in the table'], ['Space or x', 'select'], ['Enter', 'open'], ['p', 'pin to the top'], ['c', 'compare what is selected'], ['l', 'columns'], ['v', 'charts on and off']]],
  ['one run', [['[ ]', 'tab before, tab after']]],
  ['a chart', [['← →', 'cursor'], ['+ -', 'zoom in and out'], ['Shift ← →', 'move the window'], ['0', 'everything']]],
];

/** @param {{ onClose: () => void }} properties */
export const KeyHelp = ({ onClose }) => html`
  <${Dialog} title="Keys" onClose=${onClose}>
    <div class="key-help">${Keys.map(([title, keys]) => html`<section key=${title}><h3>${title}</h3><dl>${/** @type {string[][]} */ (keys).map(([key, text]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl></section>`)}</div>
  <//>`;
