import { readFileSync, writeFileSync } from 'node:fs';
import { type Files, isShipped } from './compiled.js';
import { type Fence, fencesOf, filesOf, textOf } from './fences.js';

/** A fenced block with what stands before it on its page. */
export interface Sample extends Fence {
  /** All files that the page has shown so far, this block's included. */
  readonly files: Files;
  /** Those of this block that are the page's own. */
  readonly own: readonly string[];
  readonly before: Fence | undefined;
}

/** The blocks of a page, its files accumulating from the first to the last. */
export function samplesOf(page: string): readonly Sample[] {
  const files = new Map<string, string>();
  let before: Fence | undefined;
  return fencesOf(page).map((fence) => {
    const shown = /^net( error|$)/.test(fence.label) ? filesOf(fence) : [];
    const own = shown.filter(({ path }) => !isShipped(path));
    for (const { path, text } of own) files.set(path, text);
    const sample = { ...fence, files: new Map(files), own: own.map(({ path }) => path), before };
    before = fence;
    return sample;
  });
}

/**
 * What a block shows of shipped files that they do not hold: each part between blank lines, but for the line that
 * names the file, up to the blanks in it.
 */
export function strangeToShipped(fence: Fence): readonly string[] {
  const even = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return filesOf(fence)
    .filter(({ path }) => isShipped(path))
    .flatMap(({ path, text }) => {
      const shipped = even(readFileSync(path, 'utf8'));
      const parts = text.slice(text.indexOf('\n') + 1).split(/\n\s*\n/);
      return parts.filter((part) => !shipped.includes(even(part)));
    });
}

/**
 * The parts of a block that its file does not hold, where a first line `// folder/file.ext` or `# folder/file.py` names one
 * outside the models: an excerpt of the sources.
 */
export function strangeToSource({ text }: Fence): readonly string[] {
  const [, path] =
    /^(?:\/\/|#) ((?:src|test|scripts|examples)\/[\w./-]+)(?<!\.net)\n/.exec(text) ?? [];
  if (path === undefined) return [];
  const source = readFileSync(path, 'utf8');
  const parts = text.slice(text.indexOf('\n') + 1).split(/\n\n/);
  return parts.filter((part) => !source.includes(part.trimEnd()));
}

/** Puts other texts into blocks of a page. */
export function rewritePage(page: string, texts: ReadonlyMap<number, string>): void {
  const lines = textOf(page).split('\n');
  const byLine = fencesOf(page).toReversed();
  for (const { line, text } of byLine) {
    const replacement = texts.get(line);
    if (replacement === undefined) continue;
    lines.splice(line, text.split('\n').length - 1, ...replacement.split('\n').slice(0, -1));
  }
  writeFileSync(page, lines.join('\n'));
}
