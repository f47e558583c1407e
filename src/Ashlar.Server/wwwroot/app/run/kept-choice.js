import { html } from '../core/html.js';
import { change, useAddress } from '../core/url.js';

/** @typedef {import('../types.js').Artifact} Artifact */

/** Which of several kept things is looked at, and at which step: in the address. @param {Map<string, Artifact[]>} kept */
export function useKeptChoice(kept) {
  const { query } = useAddress();
  const names = [...kept.keys()];
  const wanted = query.get('kept') ?? '';
  const name = kept.has(wanted) ? wanted : names[0];
  const steps = kept.get(name) ?? [];
  const at = query.get('at') === null ? -1 : steps.findIndex(artifact => artifact.step === Number(query.get('at')));
  const index = at < 0 ? steps.length - 1 : at;
  return { names, name, steps, index, artifact: /** @type {Artifact | undefined} */ (steps[index]) };
}

/** @param {ReturnType<typeof useKeptChoice>} choice */
export const KeptChoice = ({ names, name, steps, index }) => html`
  ${names.length > 1 && html`<label class="choice">of <select value=${name} onChange=${(/** @type {Event} */ event) => change({ kept: /** @type {HTMLSelectElement} */ (event.target).value, at: null })}>${names.map(one => html`<option key=${one} value=${one}>${one}</option>`)}</select></label>`}
  ${steps.length > 1 && html`<label class="slider wide">step <input type="range" min="0" max=${steps.length - 1} value=${index} onInput=${(/** @type {InputEvent} */ event) => change({ at: steps[Number(/** @type {HTMLInputElement} */ (event.target).value)].step })} /><output>${steps[index]?.step ?? '–'}</output></label>`}`;
