import { useEffect, useRef } from 'preact/hooks';

/** Whether the keyboard writes into a field now. */
const isWriting = () => document.activeElement instanceof HTMLElement
  && (document.activeElement.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName));

/**
 * Keys of the page: single letters that work outside of fields.
 * @param {Record<string, (event: KeyboardEvent) => void>} keys
 */
export function useKeys(keys) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const listener = event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting() || document.querySelector('dialog[open]')) {
        return;
      }
      const action = latest.current[event.key];
      if (action) {
        event.preventDefault();
        action(event);
      }
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}
