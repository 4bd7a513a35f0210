/** Rows as comma-separated values (RFC 4180, lines ended by a newline alone); null and undefined are empty. */
export const csv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => `${row.map(field).join(',')}\n`).join('');

function field(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
