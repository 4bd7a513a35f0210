import { visible } from '../../compiler/diagnostics/visible.js';

/**
 * Rows as comma-separated values (RFC 4180, lines ended by a newline alone); null and undefined are empty. A spreadsheet
 * computes a text that begins like a formula: an apostrophe before it keeps it a text. Numbers are left as they are.
 */
export const csv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => `${row.map(field).join(',')}\n`).join('');

function field(value: unknown): string {
  const text = typeof value === 'string' ? safe(value) : String(value ?? '');
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function safe(text: string): string {
  const line = visible(text);
  return /^\s*[=+\-@]/.test(line) ? `'${line}` : line;
}
