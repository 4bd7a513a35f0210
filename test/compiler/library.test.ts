import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { interpret } from '../../src/compiler/interpret/interpret.js';
import type { Tensor } from '../../src/compiler/ops/values.js';
import { evaluateShape } from '../../src/compiler/sizes/size.js';
import { graphOf } from './expand/texts.js';
import { around } from './ops/cases/case.js';

// Blocks of models/lib held to the formulas they quote, on images so small that these can be written out.

const library = Object.fromEntries(
  ['units.net', 'skips.net'].map((file) => [file, readFileSync(`models/lib/${file}`, 'utf8')]),
);

/** What the skip `name` makes of two maps; its weights are random, and given by path. */
function run(name: string, skip: Tensor, other: Tensor) {
  const text = `import { ${name} } from "skips.net"
model Net {
  input skip: [${skip.shape}]
  input other: [${other.shape}]
  output y = (skip, other) -> ${name}
}`;
  const graph = graphOf(text, {}, library);
  const variables = Object.fromEntries(
    graph.variables.map(({ path, value }, i) => [
      path,
      around(evaluateShape(value.type.shape, {}), i + 10),
    ]),
  );
  const { y } = interpret(graph, { inputs: { skip, other }, variables }).outputs;
  return { y, weight: (path: string) => variables[`${name}/${path}`]!.data };
}

describe('a ConvLSTM at one pixel, one channel of state', () => {
  const skip = around([1, 1, 1, 2], 1);
  const up = around([1, 1, 1, 2], 2);
  const hard = (x: number) => Math.min(1, Math.max(0, 0.2 * x + 0.5));

  /** The last hidden state. Of a 3x3 kernel only the middle meets the pixel. */
  function lstm(sequence: readonly Tensor[], weight: (leaf: string) => Float64Array): number {
    const [kernel, bias, feedback] = ['drive/kernel', 'drive/bias', 'feedback/kernel'].map(weight);
    let [hidden, cell] = [0, 0];
    for (const { data: x } of sequence) {
      const [i, f, candidate, o] = [0, 1, 2, 3].map((gate) => {
        const drive = x[0]! * kernel![4 * 8 + gate]! + x[1]! * kernel![4 * 8 + 4 + gate]!;
        return drive + hidden * feedback![4 * 4 + gate]! + bias![gate]!;
      });
      cell = hard(f!) * cell + hard(i!) * Math.tanh(candidate!);
      hidden = hard(o!) * Math.tanh(cell);
    }
    return hidden;
  }

  test("BCDU-Net's code reads the map that came up, then the skip", () => {
    const { y, weight } = run('ConvLstmSkip', skip, up);
    const expected = lstm([up, skip], (leaf) => weight(`ConvLstm/${leaf}`));
    expect(y!.data[0]).toBeCloseTo(expected, 12);
  });

  test('its paper reads both ways, and joins the two states by a convolution and tanh', () => {
    const { y, weight } = run('BiConvLstmSkip', skip, up);
    const forward = lstm([skip, up], (leaf) => weight(`forward/${leaf}`));
    const backward = lstm([up, skip], (leaf) => weight(`backward/${leaf}`));
    const kernel = weight('Conv/kernel');
    const joined =
      forward * kernel[4 * 2]! + backward * kernel[4 * 2 + 1]! + weight('Conv/bias')[0]!;
    expect(y!.data[0]).toBeCloseTo(Math.tanh(joined), 12);
  });
});

test("Oktay's gate weighs the skip by what the coarser map says of it (equations 1 and 2)", () => {
  const skip = around([1, 2, 2, 2], 11);
  const below = around([1, 1, 1, 3], 8);
  const { y, weight } = run('AttentionGateCoarse', skip, below);
  const [fromSkip, fromBelow] = [weight('Conv/kernel'), weight('Conv.2/kernel')];
  const seen = skip.data.reduce((sum, x, i) => sum + x * fromSkip[i]!, 0);
  const gating = below.data.reduce((sum, g, i) => sum + g * fromBelow[i]!, 0);
  const query = Math.max(0, seen + gating + weight('Conv.2/bias')[0]!);
  const logit = query * weight('Conv.3/kernel')[0]! + weight('Conv.3/bias')[0]!;
  const alpha = 1 / (1 + Math.exp(-logit));
  expect(query).toBeGreaterThan(0);
  y!.data.forEach((value, i) => {
    expect(value).toBeCloseTo(skip.data[i]! * alpha, 12);
  });
});
