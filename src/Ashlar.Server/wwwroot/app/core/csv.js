/** @param {unknown} value */
function cell(value) {
  const text = value === null || value === undefined ? '' : String(value);
  // A leading sign of a formula is disarmed for spreadsheets, except where the text is a number.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * RFC 4180. Numbers are written so that they read back as the same bits.
 * @param {string[]} columns
 * @param {Iterable<unknown[]>} rows
 */
export function csv(columns, rows) {
  const lines = [columns.map(cell).join(',')];
  for (const row of rows) {
    lines.push(row.map(cell).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * Gives a text to the browser as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function download(name, text, type = 'text/csv') {
  const target = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = target;
  link.download = name.replace(/[^\w.@-]+/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(target), 10_000);
}
