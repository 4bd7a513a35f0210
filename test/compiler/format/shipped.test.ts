import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatFile } from '../../../src/compiler/format/format.js';
import type { SourceReader } from '../../../src/compiler/source/source.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';
import { graphsOf } from './graphs.js';
import { formatted } from './preserved.js';

const netFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.net'))
        .map((name) => join(folder, name))
        .sort()
    : [];
const textOf = (path: string): string => readFileSync(path, 'utf8');

const shipped = ['models', 'experiments', 'examples'].flatMap(netFiles);
const readable = netFiles('test/errors').filter(
  (path) => formatFile({ path, text: textOf(path) }) !== undefined,
);

describe('shipped files are in their canonical form', () => {
  test.each(shipped)('%s', (path) =>
    expect(formatFile({ path, text: textOf(path) })).toBe(textOf(path)),
  );
});

const formattingReader: SourceReader = {
  ...diskReader(),
  read(path) {
    if (!existsSync(path)) return undefined;
    const text = textOf(path);
    return { path, text: formatFile({ path, text }) ?? text };
  },
};

describe('formatting keeps the words, comments and graphs', () => {
  test.each(shipped)('%s', (path) => {
    formatted(textOf(path));
    const graphs = graphsOf(path, diskReader());
    expect(graphsOf(path, formattingReader)).toEqual(graphs);
  });

  test.each(readable)('%s', (path) => {
    formatted(textOf(path));
    expect(graphsOf(path, formattingReader)).toEqual(graphsOf(path, diskReader()));
  });
});
