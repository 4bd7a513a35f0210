import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a page of the documentation. */
export interface Fence {
  readonly page: string;
  /** The line of its opening fence, from 1. */
  readonly line: number;
  /** What stands behind the opening fence. */
  readonly label: string;
  readonly text: string;
}

/**
 * The pages whose samples are held to the compiler here. `docs/errors.md` is made from the explain pages, whose texts
 * have a test of their own.
 */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && name !== 'errors.md')
    .sort()
    .map((name) => join('docs', name)),
];

export const textOf = (page: string): string => readFileSync(page, 'utf8');

/** The fenced blocks of a page, in order. Throws on one without an end. */
export function fencesOf(page: string, text = textOf(page)): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; label: string; lines: string[] } | undefined;
  for (const [i, line] of text.split('\n').entries()) {
    const label = /^```(.*)$/.exec(line)?.[1];
    if (open && label === '') {
      const { lines, ...head } = open;
      fences.push({ page, ...head, text: lines.map((each) => `${each}\n`).join('') });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (label !== undefined) open = { line: i + 1, label: label.trim(), lines: [] };
  }
  if (open) throw new Error(`${page}:${open.line}: the block has no end`);
  return fences;
}

/** The page without its fenced blocks. */
export const proseOf = (text: string): string => text.replace(/^```[^\n]*\n.*?^```$/gms, '');

/** What is between single back-ticks. */
export const codeSpansOf = (text: string): readonly string[] =>
  [...proseOf(text).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);

/** A `.net` file that a block shows, or a part of one that is shipped. */
export interface NamedFile {
  readonly path: string;
  readonly text: string;
}

/** What an unnamed block is called, on its own page and in the commands that follow it. */
export const unnamed = 'my.net';

/**
 * The files of a block: a line `// folder/file.net`, with or without a remark after a colon, begins each and belongs
 * to it, so that line numbers are those of the page.
 */
export function filesOf({ text }: Fence): readonly NamedFile[] {
  const heads = [...text.matchAll(/^\/\/ ([\w./-]+\.net)(:.*)?$/gm)];
  if (heads.length === 0) return [{ path: unnamed, text }];
  return heads.map((head, i) => ({
    path: head[1]!,
    text: `${text.slice(head.index, heads[i + 1]?.index).trimEnd()}\n`,
  }));
}
