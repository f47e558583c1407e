import { useEffect, useRef, useState } from 'preact/hooks';
import { apiAddress, ask, ofRun } from '../core/api.js';
import { bytes, whole } from '../core/format.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { change, useAddress } from '../core/url.js';
import { Empty, Fault, Field } from '../parts/basics.js';
import { useWindow, visibleRows } from '../parts/virtual.js';

const LineHeight = 18;
const MostLines = 200_000;

/** @typedef {{ time: string, isError: boolean, text: string }} LogLine */

/** @param {string} raw One line of log.txt: time, stream, text. @returns {LogLine} */
function parse(raw) {
  const [time, stream, ...rest] = raw.split('\t');
  // Colours of a terminal mean nothing here.
  return rest.length === 0 ? { time: '', isError: false, text: raw } : { time: time.slice(11, 19), isError: stream === 'err', text: rest.join('\t').replace(/\u001b\[[0-9;]*[A-Za-z]/g, '') };
}

/** What the run wrote to the console, and goes on to write. @param {{ id: string, isRunning: boolean }} properties */
export function Log({ id, isRunning }) {
  const { query } = useAddress();
  const search = query.get('find') ?? '';
  const onlyErrors = query.get('stream') === 'err';
  const follows = query.get('follow') !== 'no';
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const seen = useWindow(box);
  const tail = useRef({ next: 0, rest: '', lines: /** @type {LogLine[]} */ ([]), size: 0, isBusy: false });
  const [turn, draw] = useState(0);
  const [error, setError] = useState(/** @type {Error | undefined} */ (undefined));

  const read = async () => {
    const state = tail.current;
    if (state.isBusy) {
      return;
    }
    state.isBusy = true;
    try {
      for (;;) {
        const part = await ask(`${ofRun(id)}/log`, { from: state.next });
        const pieces = (state.rest + part.text).split('\n');
        state.rest = pieces.pop() ?? '';
        for (const piece of pieces) {
          state.lines.push(parse(piece));
        }
        if (state.lines.length > MostLines) {
          state.lines.splice(0, state.lines.length - MostLines);
        }
        const isEnd = part.next >= part.size || part.next === state.next;
        state.next = part.next;
        state.size = part.size;
        draw(n => n + 1);
        if (isEnd) {
          break;
        }
      }
      setError(undefined);
    } catch (fault) {
      setError(/** @type {Error} */ (fault));
    } finally {
      state.isBusy = false;
    }
  };
  useEffect(() => void read(), [id]);
  useLive(event => event.id === id, () => void read());
  useEffect(() => {
    const timer = isRunning ? setInterval(() => document.hidden || void read(), 2000) : undefined;
    return () => clearInterval(timer);
  }, [isRunning]);

  const wanted = search.toLowerCase();
  const lines = wanted || onlyErrors ? tail.current.lines.filter(line => (!onlyErrors || line.isError) && (!wanted || line.text.toLowerCase().includes(wanted))) : tail.current.lines;
  useEffect(() => {
    if (follows && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [turn, follows, lines.length]);

  const { first, end } = visibleRows(seen, lines.length, LineHeight, 20);
  return html`
    <div class="log">
      <div class="chart-bar">
        <${Field} label="find in the log" placeholder="find" class="search" value=${search} onChange=${(/** @type {string} */ text) => change({ find: text })} />
        <button type="button" class="toggle" aria-pressed=${String(onlyErrors)} onClick=${() => change({ stream: onlyErrors ? null : 'err' })} title="what was written to the error stream: progress, warnings, faults">error stream</button>
        <button type="button" class="toggle" aria-pressed=${String(follows)} onClick=${() => change({ follow: follows ? 'no' : null })}>follow</button>
        <span class="quiet">${whole(lines.length)} lines, ${bytes(tail.current.size)}${tail.current.lines.length >= MostLines ? ', the last ones' : ''}</span>
        <span class="gap"></span>
        <a href=${apiAddress(`${ofRun(id)}/log`, { from: 0 })} target="_blank" rel="noopener">raw</a>
      </div>
      <${Fault} error=${error} retry=${() => void read()} />
      ${tail.current.lines.length === 0 && turn > 0 ? html`<${Empty} title="Nothing was written to the console"><p>Lines appear here while the program runs.</p><//>` : ''}
      <div class="log-lines" ref=${box} tabIndex=${0} role="log" aria-label="console of the run">
        <div style=${{ height: `${lines.length * LineHeight}px` }}>
          ${lines.slice(first, end).map((line, i) => html`<div key=${first + i} class=${line.isError ? 'line-error' : ''} style=${{ transform: `translateY(${(first + i) * LineHeight}px)` }}><time>${line.time}</time>${line.text}</div>`)}
        </div>
      </div>
    </div>`;
}
