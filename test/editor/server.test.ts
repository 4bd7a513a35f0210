import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { Editor } from './client.js';
import { unet, units } from './marked.js';

let folder = '';
let editor: Editor;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netc-editor-'));
  writeFileSync(join(folder, 'units.net'), units);
  writeFileSync(join(folder, 'small.net'), unet);
  editor = new Editor(folder);
  await editor.begin();
});
afterAll(async () => {
  await editor.ask('shutdown');
  await editor.tell('exit');
  await editor.ended();
  rmSync(folder, { recursive: true });
});

const small = 'small.net';
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const of = (file: string) => ({ textDocument: { uri: editor.uri(file) } });

describe('an editor', () => {
  test('is told of an error with its code, and that it is gone', async () => {
    const wrong = editor.errors(small, (found) => found.length > 0);
    await editor.write(small, unet.replace('-> ConvUnit', '-> ConvUnt'));
    const [error] = await wrong;
    expect(error).toMatchObject({ code: 'NET0101', source: 'netc', severity: 1 });
    expect(error?.message).toBe('there is no ConvUnt here\nhelp: did you mean ConvUnit?');
    const [action] = await editor.ask<CodeAction[]>('textDocument/codeAction', {
      ...of(small),
      range: error!.range,
      context: { diagnostics: [error] },
    });
    expect(action).toMatchObject({ title: 'did you mean ConvUnit?', kind: 'quickfix' });
    expect(action?.edit?.changes?.[editor.uri(small)]?.[0]?.newText).toBe('ConvUnit');
    const right = editor.errors(small);
    await editor.write(small, unet);
    expect(await right).toEqual([]);
  });

  test('is told where the other place of an error is, in another file', async () => {
    const wrong = editor.errors(small, (found) => found.length > 0);
    await editor.write(
      small,
      unet.replace('(here, below -> upsample(2)) -> concat', '(here + below)'),
    );
    const [error] = await wrong;
    const places = error?.relatedInformation?.map(({ location }) => location.uri);
    expect(error?.code).toBe('NET0402');
    expect(places).toContain(editor.uri('units.net'));
  });

  test('hovers, goes to definitions, finds references', async () => {
    const text = unet.replace('-> ConvUnit', '-> Conv‸Unit');
    const hover = await editor.at<Hover>('textDocument/hover', small, text);
    expect(hover.contents).toMatchObject({ kind: 'markdown' });
    expect(JSON.stringify(hover.contents)).toContain('[N, H/2, W/2, 16]');
    const there = await editor.at<Location>('textDocument/definition', small, text);
    expect(there).toEqual({
      uri: editor.uri('units.net'),
      range: { start: { line: 1, character: 6 }, end: { line: 1, character: 14 } },
    });
    const context = { includeDeclaration: true };
    const uses = await editor.at<Location[]>('textDocument/references', small, text, { context });
    expect(uses.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1))).toEqual([
      ...['small.net', 'small.net', 'units.net', 'units.net', 'units.net'],
    ]);
  });

  test('renames through all files, or is told why not', async () => {
    const text = unet.replace('-> ConvUnit', '-> Conv‸Unit');
    const rename = (newName: string) =>
      editor.at<WorkspaceEdit>('textDocument/rename', small, text, { newName });
    const { changes = {} } = await rename('Layer');
    expect(Object.keys(changes)).toEqual([editor.uri(small), editor.uri('units.net')]);
    await expect(rename('relu')).rejects.toThrow('relu is built in');
    const range = await editor.at('textDocument/prepareRename', small, text);
    expect(range).toEqual({ start: { line: 5, character: 36 }, end: { line: 5, character: 44 } });
  });

  test('completes in a text that is not finished', async () => {
    const text = unet.replace('-> ConvUnit(base * 2, kernel: 5)', '-> Conv‸');
    const items = await editor.at<CompletionItem[]>('textDocument/completion', small, text);
    const item = items.find(({ label }) => label === 'ConvUnit');
    expect(item).toMatchObject({ detail: 'block ConvUnit(channels, kernel = 3) (x)' });
    expect(item?.textEdit).toMatchObject({ newText: 'ConvUnit' });
  });

  test('has shapes, costs, outline, folds and colours', async () => {
    await editor.write(small, unet);
    const hints = await editor.ask<InlayHint[]>('textDocument/inlayHint', {
      ...of(small),
      range: whole,
    });
    expect(hints.map(({ label }) => label)).toContain('[N, H/2, W/2, 16]');
    const [lens] = await editor.ask<CodeLens[]>('textDocument/codeLens', of(small));
    expect(lens?.command?.title).toBe('4,113 weights, 106 M multiply-adds at 256x256');
    const [model] = await editor.ask<DocumentSymbol[]>('textDocument/documentSymbol', of(small));
    expect(model?.children?.map(({ name }) => name)).toEqual(['image', 'here', 'below', 'mask']);
    const folds = await editor.ask<FoldingRange[]>('textDocument/foldingRange', of(small));
    expect(folds).toEqual([{ startLine: 2, endLine: 6 }]);
    const tokens = await editor.ask<SemanticTokens>('textDocument/semanticTokens/full', of(small));
    // The word `import` at the first line: a keyword, six letters.
    expect(tokens.data.slice(0, 5)).toEqual([0, 0, 6, 0, 0]);
  });

  test('formats a file, and leaves one that is broken', async () => {
    const format = () =>
      editor.ask<TextEdit[]>('textDocument/formatting', { ...of(small), options });
    const options = { tabSize: 2, insertSpaces: true };
    await editor.write(small, 'block A (x)   { x->relu }\n');
    expect(await format()).toMatchObject([{ newText: 'block A(x) { x -> relu }\n' }]);
    await editor.write(small, 'block A (x)   { x-> }\n');
    expect(await format()).toEqual([]);
  });

  test('has the errors of an experiment, and its keys', async () => {
    const text = `model:\n  path: small.net\ndata:\n  kind: synthetic-retina\nstep: 5\noutput: runs/a\n`;
    const found = editor.errors('a.yaml');
    await editor.write('a.yaml', text);
    expect((await found).map(({ code }) => code)).toEqual(['NET0602']);
    const items = await editor.at<CompletionItem[]>(
      ...(['textDocument/completion', 'a.yaml', text.replace('step: 5', 'st‸')] as const),
    );
    expect(items.map(({ label }) => label)).toContain('steps');
  });
});

test('the server goes on after requests that make no sense', async () => {
  await expect(editor.ask('textDocument/hover', { nonsense: 1 })).rejects.toThrow();
  await expect(editor.ask('textDocument/astonish', {})).rejects.toThrow('Unhandled method');
  const nowhere = { textDocument: { uri: 'untitled:1' }, position: { line: 900, character: 5 } };
  expect(await editor.ask('textDocument/hover', nowhere)).toBeNull();
  const outside = { ...of(small), position: { line: 900, character: 5 } };
  expect(await editor.ask('textDocument/hover', outside)).toBeNull();
  await editor.tell('textDocument/didChange', { textDocument: {} });
  editor.process.stdin!.write('Content-Length: 8\r\n\r\n{"id": ]');
  const text = unet.replace('-> ConvUnit', '-> Conv‸Unit');
  expect(await editor.at<Hover>('textDocument/hover', small, text)).not.toBeNull();
});

describe('the end', () => {
  test('is 0 after shutdown and exit', async () => {
    const other = new Editor(folder);
    await other.begin();
    await other.ask('shutdown');
    await other.tell('exit');
    expect(await other.ended()).toBe(0);
  });

  test('comes when the editor is gone', async () => {
    const other = new Editor(folder);
    await other.begin();
    other.process.stdin!.end();
    expect(await other.ended()).toBe(1);
  });
});
