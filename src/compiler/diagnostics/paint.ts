import { columnsOf } from './cells.js';

/** What a part of a diagnostic is, for whoever gives it a colour. */
export type Role = 'error' | 'warning' | 'title' | 'frame' | 'related' | 'help';

export type Paint = (role: Role, text: string) => string;

/** The numbers of terminal colours (ECMA-48, select graphic rendition). */
const graphics: Record<Role, string> = {
  error: '1;31',
  warning: '1;33',
  title: '1',
  frame: '34',
  related: '36',
  help: '32',
};

export function painter(colour: boolean): Paint {
  if (!colour) return (_, text) => text;
  return (role, text) => (text ? `\u001b[${graphics[role]}m${text}\u001b[0m` : text);
}

/** Breaks a text between words, so that no line is longer than `width` where a word allows it. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && columnsOf(line) + 1 + columnsOf(word) <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
