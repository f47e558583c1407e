import { useEffect, useState } from 'preact/hooks';

const Key = 'ashlar.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
/** @type {Set<() => void>} */
const listeners = new Set();

dark.addEventListener('change', tell);

function tell() {
  for (const listener of [...listeners]) {
    listener();
  }
}

/** What was chosen: auto follows the system. @returns {'auto' | 'light' | 'dark'} */
function chosenTheme() {
  const value = document.documentElement.dataset.theme;
  return value === 'light' || value === 'dark' ? value : 'auto';
}

/** Auto, light, dark, and round again. */
export function nextTheme() {
  const next = { auto: 'light', light: 'dark', dark: 'auto' }[chosenTheme()];
  if (next === 'auto') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(Key);
  } else {
    document.documentElement.dataset.theme = next;
    localStorage.setItem(Key, next);
  }
  tell();
}

/** What is shown: light or dark. Canvases are drawn again when it changes. */
export function useTheme() {
  const [, draw] = useState(0);
  useEffect(() => {
    const listener = () => draw(turn => turn + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  const chosen = chosenTheme();
  return { chosen, isDark: chosen === 'auto' ? dark.matches : chosen === 'dark' };
}
