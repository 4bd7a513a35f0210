import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isTrainingOnly } from '../../src/compiler/emit/onnx/lowering/index.js';
import { convolutionOps } from '../../src/compiler/ops/convolution/index.js';
import { elementwiseOps } from '../../src/compiler/ops/elementwise/index.js';
import { lossOps } from '../../src/compiler/ops/loss/index.js';
import { normalisationOps } from '../../src/compiler/ops/normalisation/index.js';
import { optimiserOps } from '../../src/compiler/ops/optimiser/index.js';
import { poolingOps } from '../../src/compiler/ops/pooling/index.js';
import { reductionOps } from '../../src/compiler/ops/reduction/index.js';
import { ops } from '../../src/compiler/ops/registry.js';
import { resizingOps } from '../../src/compiler/ops/resizing/index.js';
import { structureOps } from '../../src/compiler/ops/structure/index.js';

const { operationsPage } = await import(
  new URL('../../scripts/docs/ops.mjs', import.meta.url).href
);

const path = 'docs/ops.md';
const made: string = operationsPage({
  ...{ convolutionOps, elementwiseOps, lossOps, normalisationOps, optimiserOps },
  ...{ poolingOps, reductionOps, resizingOps, structureOps, isTrainingOnly },
})[path];

describe('docs/ops.md', () => {
  it('has each operation of the registry once, and no other', () => {
    const named = [...made.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(ops).sort());
  });

  it('is what the operations say; UPDATE_EXPECTED=1 writes it', () => {
    if (process.env.UPDATE_EXPECTED) writeFileSync(path, made);
    else expect(readFileSync(path, 'utf8')).toBe(made);
  });
});
