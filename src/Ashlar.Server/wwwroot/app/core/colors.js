// Eight hues in the order of Okabe and Ito (2008), changed in lightness so that each has a contrast of 3 or more with its background.
// They differ for the three common kinds of colour blindness; from the ninth line on dashes tell lines apart too.
const Light = ['#0068a8', '#c94f00', '#008060', '#b0508a', '#9a6a00', '#2f8fc4', '#6a4fb0', '#55595f'];
const Dark = ['#5aaee8', '#ff8a4a', '#3cc79c', '#e893c4', '#ecb532', '#9bd8ff', '#b09cf0', '#c3c8ce'];
const Dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** @param {number} slot @param {boolean} isDark */
export const lineColor = (slot, isDark) => (isDark ? Dark : Light)[slot % Light.length];

/** @param {number} slot */
export const lineDash = slot => Dashes[Math.floor(slot / Light.length) % Dashes.length];

// Cividis (Nuñez, Anderton, Renslow 2018) at nine places: it runs from dark blue to yellow and reads the same for everyone.
const Scale = [[0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120], [165, 156, 116], [195, 179, 105], [253, 231, 55]];

/**
 * The colour of a share; in the dark theme the lowest quarter is left out, since it would not be seen.
 * @param {number} share 0 to 1.
 * @param {boolean} isDark
 */
export function scaleColor(share, isDark) {
  const clamped = Math.min(1, Math.max(0, share));
  const place = (isDark ? 0.25 + 0.75 * clamped : 0.92 * clamped) * (Scale.length - 1);
  const low = Math.min(Scale.length - 2, Math.floor(place));
  const part = place - low;
  const [r, g, b] = Scale[low].map((value, channel) => Math.round(value + (Scale[low + 1][channel] - value) * part));
  return `rgb(${r}, ${g}, ${b})`;
}

/** @type {Map<string, number>} */
let kept = new Map();

/**
 * A slot of the palette for each run. Runs that stay keep theirs, so that a line does not change its colour when another comes.
 * @param {string[]} ids
 * @returns {Map<string, number>}
 */
export function slots(ids) {
  const next = new Map(ids.filter(id => kept.has(id)).map(id => [id, /** @type {number} */ (kept.get(id))]));
  const taken = new Set(next.values());
  let free = 0;
  for (const id of ids) {
    if (!next.has(id)) {
      while (taken.has(free)) {
        free++;
      }
      taken.add(free);
      next.set(id, free);
    }
  }
  kept = next;
  return next;
}

/** @param {string} name Of a custom property, with its two dashes. */
export const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
