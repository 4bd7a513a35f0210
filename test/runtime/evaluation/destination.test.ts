import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destinationOf } from '../../../src/runtime/evaluation/destination.js';
import type { Departures, Subject } from '../../../src/runtime/evaluation/subject.js';

let run: string;
beforeAll(async () => {
  run = await mkdtemp(join(tmpdir(), 'netc-destination-'));
});
afterAll(() => rm(run, { recursive: true }));

const none: Departures = {
  data: false,
  split: false,
  weights: false,
  ensemble: false,
  settings: [],
};

const subject = (more: Partial<Subject> = {}): Subject => ({
  run,
  split: 'test',
  data: { source: 'folder', root: '/data/site b', sha256: 'aa' },
  weights: 'best',
  checkpoint: { file: 'checkpoints/best.safetensors', step: 3, sha256: 'bb' },
  ensemble: [],
  trainedOn: 0,
  settings: {},
  ...more,
});

const named = (of: Subject, departures: Partial<Departures>) =>
  destinationOf(of, { ...none, ...departures }, undefined);

const beside = (name: string): string => join(run, 'evaluations', name);

describe('where scores go', () => {
  it('is the run where they are its own, else a folder named by what is other', async () => {
    expect(await named(subject(), {})).toBe(run);
    expect(await named(subject(), { data: true })).toBe(beside('site-b'));
    const other = { file: 'runs/b/checkpoints/best.safetensors', step: 3, sha256: 'dd' };
    expect(await named(subject({ ensemble: [other] }), { ensemble: true })).toBe(
      beside('ensemble-of-2'),
    );
    const drawn = { source: 'synthetic-lung', root: null, sha256: 'cc' } as const;
    expect(await named(subject({ data: drawn }), { data: true })).toBe(beside('synthetic-lung'));
    const validation = subject({ split: 'validation' });
    expect(await named(validation, { split: true })).toBe(beside('validation'));
    const checkpoint = { file: 'checkpoints/last.safetensors', step: 9, sha256: 'dd' };
    const last = subject({ weights: 'last', checkpoint, split: 'validation' });
    const both = { data: true, split: true, weights: true };
    expect(await named(last, { weights: true })).toBe(beside('last'));
    expect(await named(last, both)).toBe(beside('site-b-validation-last'));
    const settings = [{ key: 'evaluation.blend', before: '"gaussian"', after: '"uniform"' }];
    expect(await named(subject(), { settings })).toBe(beside('blend-uniform'));
  });

  it('keeps a name to a length and inside its folder', async () => {
    const settings = [{ key: 'model.name', before: '', after: `"../../${'x'.repeat(200)}"` }];
    const folder = await named(subject(), { settings });
    expect(folder.startsWith(beside('name-'))).toBe(true);
    expect(folder.length).toBeLessThanOrEqual(beside('').length + 1 + 80);
    const dots = subject({ data: { source: 'folder', root: '/', sha256: 'aa' } });
    expect(await named(dots, { data: true })).toBe(beside('other'));
  });

  it('is the same place for the same scores, also after a longer training, and another for others', async () => {
    const folder = beside('site-b');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'metrics.json'), JSON.stringify(subject()));
    expect(await named(subject(), { data: true })).toBe(folder);
    const longer = { file: 'checkpoints/best.safetensors', step: 99, sha256: 'ee' };
    expect(await named(subject({ checkpoint: longer }), { data: true })).toBe(folder);
    const other = subject({ data: { source: 'folder', root: '/else/site b', sha256: 'ff' } });
    expect(await named(other, { data: true })).toBe(beside('site-b-2'));
  });
});
