import htm from 'htm';
import { h } from 'preact';

/**
 * JSX-like markup as a tagged template. What stands in it is escaped by construction: it becomes nodes, never text of a document.
 * @type {(strings: TemplateStringsArray, ...values: any[]) => any}
 */
export const html = htm.bind(h);
