import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { main } from '../cli/netc.js';
import type { Files } from './compiled.js';

/** Commands that are cheap and the same everywhere, so that what a page shows of them is compared. */
export const cheap = new Set(['check', 'count', 'diff', 'graph', 'fmt', 'explain']);

/** A command of a page, split as a shell would; comments go, and so does the `npx` of a checkout. */
export function wordsOf(command: string): readonly string[] {
  const bare = command
    .replace(/\s#.*$/, '')
    .replace(/ \| head -\d+$/, '')
    .replace(/^\$ /, '')
    .replace(/^npx (?=netc )/, '')
    .trim();
  return [...bare.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3]!);
}

/** How many lines a command's output is cut to, by `| head -3` at its end. */
export const headOf = (command: string): number =>
  Number(/ \| head -(\d+)$/.exec(command)?.[1] ?? Number.POSITIVE_INFINITY);

/** The lines of a `console` block: each command with the output shown below it. */
export function sessionOf(text: string): readonly { command: string; output: string }[] {
  return text
    .split(/^(?=\$ )/m)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [command, ...output] = part.split('\n');
      return { command: command!.slice(2), output: output.join('\n').trimEnd() };
    });
}

export interface Printed {
  readonly stderr: string;
  /** Standard error, then standard output, as a reader of a terminal sees them here. */
  readonly both: string;
}

/** Runs the built `netc` where the page's files and the shipped ones lie. */
export function runNetc(words: readonly string[], files: Files): Printed {
  const folder = mkdtempSync(join(tmpdir(), 'netc-docs-'));
  try {
    for (const shipped of ['models', 'experiments']) {
      symlinkSync(resolve(shipped), join(folder, shipped));
    }
    cpSync('test/docs/files', folder, { recursive: true });
    for (const [path, text] of files) {
      if (path.startsWith('models/')) continue;
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { stdout, stderr } = spawnSync(process.execPath, [main, ...words], options);
    return { stderr: stderr.trimEnd(), both: `${stderr}${stdout}`.trimEnd() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const helps = new Map<string, string>();

/** The help of a command; that of a command that is not there names none of its words. */
function helpOf(words: readonly string[]): string {
  const key = words.join(' ');
  const known = helps.get(key);
  if (known !== undefined) return known;
  const { stdout } = spawnSync(process.execPath, [main, ...words, '--help'], { encoding: 'utf8' });
  helps.set(key, stdout);
  return stdout;
}

/** The commands that the help of `words` lists. */
const commandsIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}([a-z]+)(?= |$)/gm)].map(([, name]) => name!);

/** What `netc WORDS` names that netc does not have: a command, a subcommand or an option. */
export function unknownIn(words: readonly string[]): readonly string[] {
  const path: string[] = [];
  let help = helpOf([]);
  for (const word of words) {
    const known = commandsIn(help.slice(help.indexOf('Commands:')));
    if (!help.includes('Commands:')) break;
    const names = word.split('|');
    if (names.some((name) => !known.includes(name))) return [...path, word];
    path.push(names[0]!);
    help = helpOf(path);
  }
  const options = words.map((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1]);
  return options.filter(
    (option) =>
      option !== undefined && !help.includes(`${option} `) && !help.includes(`${option}\n`),
  ) as string[];
}
