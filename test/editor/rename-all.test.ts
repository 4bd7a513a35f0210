import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Diagnostics } from '../../src/compiler/diagnostics/diagnostic.js';
import { loadModules } from '../../src/compiler/load/modules.js';
import { boundOf } from '../../src/compiler/names/bind.js';
import { type Span, textOf } from '../../src/compiler/source/source.js';
import { definitionAt } from '../../src/editor/definition.js';
import { diskFiles } from '../../src/editor/files.js';
import { renameAt } from '../../src/editor/rename.js';
import { Workspace } from '../../src/editor/workspace.js';

const files = ['models/unet.net', 'models/r2unet.net'].concat(
  readdirSync('models/lib').map((name) => join('models/lib', name)),
);

/** The text of a file after an edit at each place. */
const edited = (text: string, places: readonly Span[], to: string): string =>
  places
    .toSorted((a, b) => b.start - a.start)
    .reduce((made, { start, end }) => made.slice(0, start) + to + made.slice(end), text);

test.each(files)('every local name of %s can be renamed, and leads to its definition', (path) => {
  const workspace = new Workspace({ ...diskFiles('.'), list: () => files });
  const { main } = workspace.analysis(path)!;
  const { text } = main.file.source;
  const before = boundOf(main).inOrder();
  const locals = before.filter(({ target, binds }) => binds && target.kind === 'local');
  for (const { span } of locals.filter((use) => textOf(use.span) !== '_')) {
    const to = /^[A-Z]/.test(textOf(span)) ? 'Fresh' : 'fresh';
    const places = renameAt(workspace, path, span.start, to);
    const here = places.filter(({ file }) => file.path === path);
    for (const { file, start } of places) {
      expect(definitionAt(workspace, file.path, start)?.start).toBe(span.start);
    }
    workspace.update(path, edited(text, here, to));
    const { reader } = workspace;
    const bound = boundOf(loadModules(path, reader, new Diagnostics())!.main);
    expect(bound.diagnostics.all()).toEqual([]);
    expect(bound.inOrder().filter((use) => textOf(use.span) === to)).toHaveLength(here.length);
    expect(bound.uses.size).toBe(before.length);
    workspace.update(path, text);
  }
});
