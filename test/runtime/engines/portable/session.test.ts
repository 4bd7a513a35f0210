import { describe, expect, test } from 'vitest';
import { parse } from '../../../../src/compiler/ir/parse.js';
import { lastReadAt } from '../../../../src/runtime/engines/portable/liveness.js';
import { openSession } from '../../../../src/runtime/engines/portable/session.js';
import { row, testAnySession, wide } from '../any-session.js';
import { floats, scaler, start } from '../scaler.js';

describe('the portable engine', () => {
  testAnySession(openSession);

  test('says what its bits depend on', async () => {
    expect((await openSession(scaler)).description).toBe(
      'tfjs 4.22.0, WebAssembly with SIMD, 1 thread',
    );
  });

  test('says which input does not fit', async () => {
    const session = await openSession(scaler);
    session.write(start());
    expect(() => session.run('predict', { x: wide })).toThrow(
      "The portable engine could not run 'predict': the input x is [1, 3], which does not fit [N, 2]",
    );
    session.close();
  });

  test('runs nothing that is to be in half precision', async () => {
    const session = await openSession({ ...scaler, half: ['train'] });
    session.write(start());
    expect(() => session.run('train', { by: floats(1, 1) })).toThrow(
      "The portable engine computes in float32 alone, and 'train' is in half precision.",
    );
    expect(session.run('predict', { x: row })['y[0]']!.data[0]).toBe(20);
    session.close();
  });

  test('wants its variables before it runs', async () => {
    const session = await openSession(scaler);
    expect(() => session.run('predict', { x: row })).toThrow(
      'The variable levels[0]/Scale/factor has no value.',
    );
    expect(() => session.write({})).toThrow("'write' lacks the input levels[0]/Scale/factor");
  });
});

test('a value is let go after its last use, one that is never used at once, an output never', () => {
  const graph = parse(`graph f
input x %0: float[2]
%1: float[2] = neg(%0)
%2: float[2] = exp(%1)
%3: float[2] = abs(%1)
%4: float[2] = add(%1, %0)
output y %4
output z %2
`);
  const ids = lastReadAt(graph).map((values) => values.map(({ id }) => id).sort());
  expect(ids).toEqual([[], [], [3], [0, 1]]);
});
