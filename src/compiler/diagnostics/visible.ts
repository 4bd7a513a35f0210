/**
 * What a terminal or an editor would obey instead of showing it: control characters, line separators, and marks that turn the
 * direction of the text around them (Unicode annex 9).
 */
const obeyed = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** `\u001b` for what would be obeyed. */
const escapeOf = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text of somebody else as it may be shown on one line; line ends and tabs are blanks. */
export const visible = (text: string): string =>
  text.replace(obeyed, (sign) => (/[\t\r\n]/.test(sign) ? ' ' : escapeOf(sign)));

/** The same with a blank for each, so that places keep their columns. */
export const blanked = (text: string): string => text.replace(obeyed, ' ');

/** JSON that a terminal may show: its own escapes cover less than is obeyed, and mean the same. */
export const visibleJson = (json: string): string => json.replace(obeyed, escapeOf);
