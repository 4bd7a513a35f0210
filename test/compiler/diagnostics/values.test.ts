import { describe, expect, test } from 'vitest';
import {
  type Diagnostic,
  Diagnostics,
  diagnostic,
} from '../../../src/compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../../../src/compiler/diagnostics/json.js';
import { didYouMean } from '../../../src/compiler/diagnostics/suggest.js';

describe('did you mean', () => {
  const names = ['ConvUnit', 'DoubleConv', 'Conv', 'relu', 'elu', 'maxPool', 'BatchNorm'];

  test.each([
    ['DoubelConv', 'DoubleConv'],
    ['maxpool', 'maxPool'],
    ['Batchnorm', 'BatchNorm'],
    ['rleu', 'relu'],
    ['Cnov', 'Conv'],
    ['ConvUnits', 'ConvUnit'],
  ])('%s: %s', (word, meant) => expect(didYouMean(word, names)).toBe(meant));

  test.each(['Attention', 'x', 'sigmoid', 'Pool'])('nothing for %s', (word) =>
    expect(didYouMean(word, names)).toBeUndefined(),
  );
});

const file = { path: 'a.net', text: 'one\ntwo three\nfour' };

describe('diagnostics', () => {
  test('come once each, by position, and know whether there are errors', () => {
    const diagnostics = new Diagnostics();
    diagnostics.report('NET0005', { file, start: 8, end: 13 }, { word: 'late' });
    expect(diagnostics.hasErrors).toBe(true);
    diagnostics.report('NET0005', { file, start: 0, end: 3 }, { word: 'early' });
    diagnostics.report('NET0005', { file, start: 8, end: 13 }, { word: 'late' });
    expect(diagnostics.all().map(({ facts }) => facts)).toEqual([
      { word: 'early' },
      { word: 'late' },
    ]);
  });

  test('are flat in JSON: lines and columns from one, the end behind the last letter', () => {
    const item: Diagnostic = {
      code: 'NET0101',
      severity: 'error',
      origin: null,
      facts: {},
      message: 'm',
      span: { file, start: 8, end: 18 },
      related: [{ span: { file, start: 0, end: 3 }, message: 'first' }],
      suggestion: {
        message: 'write two',
        edits: [{ span: { file, start: 0, end: 3 }, text: 'two' }],
      },
      otherReading: { message: 'write three' },
    };
    expect(diagnosticToJson(item)).toEqual({
      code: 'NET0101',
      severity: 'error',
      title: 'Unknown name',
      message: 'm',
      facts: {},
      file: 'a.net',
      line: 2,
      column: 5,
      endLine: 3,
      endColumn: 5,
      suggestion: 'write two',
      edits: [{ file: 'a.net', line: 1, column: 1, endLine: 1, endColumn: 4, text: 'two' }],
      otherReading: { message: 'write three' },
      related: [{ file: 'a.net', line: 1, column: 1, endLine: 1, endColumn: 4, message: 'first' }],
    });
  });

  test('carry their facts in JSON, places among them', () => {
    const facts = { kind: 'later', name: 'two', at: { file, start: 8, end: 11 } } as const;
    const item = diagnostic('NET0101', { file, start: 0, end: 3 }, facts);
    expect(item.message).toBe('two is bound only below, in line 2');
    expect(diagnosticToJson(item).facts).toEqual({
      kind: 'later',
      name: 'two',
      at: { file: 'a.net', line: 2, column: 5, endLine: 2, endColumn: 8 },
    });
  });
});
