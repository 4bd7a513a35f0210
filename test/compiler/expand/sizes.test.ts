import { describe, expect, test } from 'vitest';
import { printResidue } from '../../../src/compiler/sizes/residue.js';
import { printShape } from '../../../src/compiler/sizes/size.js';
import { compileText, diagnosticsOf, graphOf, modelOf, opsOf, pathsOf } from './texts.js';

const residues = (text: string): readonly string[] => graphOf(text).symbols.map(printResidue);

describe('sizes-5: sizes that are rounded down', () => {
  const shapeOf = (result: string, body = '') => {
    const { outputs, symbols } = graphOf(modelOf(result, body));
    return [printShape(outputs[0]!.value.type.shape), symbols.map(printResidue).join(', ')];
  };

  test.each([
    ['image -> maxPool(2, floor: true)', '[N, floor(H/2), floor(W/2), 3]'],
    [
      'image -> averagePool(3, stride: 2, padding: "valid", floor: true)',
      '[N, floor(H/2 + 1/2) - 1, floor(W/2 + 1/2) - 1, 3]',
    ],
    [
      'image -> maxPool(3, stride: 2, padding: "torch", floor: true)',
      '[N, floor(H/2 + 1/2), floor(W/2 + 1/2), 3]',
    ],
    ['image -> upsample(2) -> maxPool(2, floor: true)', '[N, H, W, 3]'],
    [
      'image -> maxPool(2, floor: true) -> maxPool(2, floor: true)',
      '[N, floor(H/4), floor(W/4), 3]',
    ],
    ['(image -> maxPool(2, floor: true) -> upsample(2), image) -> resizeLike', '[N, H, W, 3]'],
  ])('%s gives %s and demands nothing', (result, shape) => {
    expect(shapeOf(result)).toEqual([shape, 'N, H, W']);
  });

  test('one that has to divide again asks for what is not rounded', () => {
    expect(shapeOf('image -> maxPool(2, floor: true) -> maxPool(2)')[1]).toBe('N, H = 4k, W = 4k');
  });

  test.each([
    [
      'maxPool(3, stride: 2, floor: true)',
      'floor: true drops what no whole stride reaches, and padding "same" of a window of 3 and a stride of 2 adds to it',
    ],
    [
      'maxPoolWithSwitches([2, 3], stride: 2, floor: true)',
      'floor: true drops what no whole stride reaches, and padding "same" of a window of [2, 3] and a stride of 2 adds to it',
    ],
  ])('%s is refused', (stage, message) => {
    expect(diagnosticsOf(modelOf(`image -> ${stage}`))[0]).toBe(`NET0401: ${message}`);
  });
});

describe('sizes-4: the size of what a window gives', () => {
  test.each([
    ['Conv(1, kernel: 5, dilation: 2, stride: 3)', 'H/3'],
    ['Conv(1, kernel: 5, dilation: 2, stride: 3, padding: "torch")', 'H/3'],
    ['Conv(1, kernel: 5, dilation: 2, stride: 3, padding: "valid")', 'H/3 - 2'],
    ['DepthwiseConv(kernel: 3, stride: 2, padding: "valid")', 'H/2 - 1/2'],
    ['maxPool(3, stride: 2)', 'H/2'],
    ['maxPool(3, stride: 2, padding: "torch")', 'H/2'],
    ['averagePool(3, stride: 2, padding: "valid")', 'H/2 - 1/2'],
    ['ConvTranspose(1, kernel: 3, stride: 3)', '3H'],
    ['ConvTranspose(1, kernel: 5, stride: 3, padding: "torch")', '3H'],
  ])('%s: %s', (stage, height) => {
    const { value } = graphOf(modelOf(`image -> ${stage}`)).outputs[0]!;
    expect(printShape(value.type.shape).split(', ')[1]).toBe(height);
  });

  test('"torch" wants an odd kernel', () => {
    expect(diagnosticsOf(modelOf('image -> Conv(1, kernel: 2, padding: "torch")'))[0]).toContain(
      'NET0401',
    );
  });
});

describe('sizes-2: divisibility', () => {
  test('the demands on a symbol are solved together', () => {
    expect(residues(modelOf('image -> maxPool(4) -> maxPool([3, 2])'))).toEqual([
      'N',
      'H = 12k',
      'W = 8k',
    ]);
  });

  // Ronneberger et al. 2015: valid convolutions, crops, four halvings; 572 is 16 * 35 + 12.
  const unet2015 = `block Valid(channels) (x) {
  x -> Conv(channels, padding: "valid") -> relu -> Conv(channels, padding: "valid") -> relu
}
block U(channels, depth) (x) {
  let here = x -> Valid(channels)
  if depth == 0 { here } else {
    let up = here -> maxPool(2) -> U(channels * 2, depth - 1) -> ConvTranspose(channels)
    ((here, up) -> cropLike, up) -> concat -> Valid(channels)
  }
}
${modelOf('image -> U(2, 4) -> Conv(2, kernel: 1)', '', 1)}`;

  test('the U-Net of 2015 is defined for H = 16k + 12', () => {
    expect(residues(unet2015)).toEqual(['N', 'H = 16k + 12', 'W = 16k + 12']);
    const { value } = graphOf(unet2015).outputs[0]!;
    expect(value.type.shape[1]).toEqual({
      symbol: 'H',
      p: { n: 1, d: 1 },
      q: { n: -184, d: 1 },
    });
  });

  test('a constant that is not divided is an error at its line', () => {
    const text = unet2015.replace('[N, H, W, 1]', '[1, 570, 572, 1]');
    const { diagnostics } = compileText(text);
    expect(diagnostics[0]!.code).toBe('NET0403');
    expect(text.slice(diagnostics[0]!.span.start, diagnostics[0]!.span.end)).toBe('maxPool(2)');
  });

  test('two demands that no number meets are shown together', () => {
    const body = `let even = image -> maxPool([2, 1])
  let odd = image -> Conv(3, stride: [2, 1], padding: "valid")`;
    const { diagnostics } = compileText(modelOf('(even -> globalMax) + (odd -> globalMax)', body));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'H/2 - 3/2 must be whole, so H = 2k + 1; but H = 2k',
    ]);
    expect(diagnostics[0]!.related[0]!.message).toBe('H/2 must be whole here: H = 2k');
  });

  test('sizes-3: sizes that meet must be equal as expressions', () => {
    expect(diagnosticsOf(modelOf('(image, image -> maxPool(2)) -> concat'))).toEqual([
      'NET0401: heights disagree: H and H/2',
    ]);
  });
});

describe('models-3: reach', () => {
  const text = modelOf('image -> Conv(1)', 'let last = image -> Conv(8) -> maxPool(16)');

  test('what no output depends on has no weights and demands no size', () => {
    const graph = graphOf(text);
    expect(pathsOf(graph)).toEqual(['Conv.2/kernel', 'Conv.2/bias']);
    expect(residues(text)).toEqual(['N', 'H', 'W']);
  });

  test('it is warned of, once for a chain', () => {
    const { diagnostics } = compileText(text);
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning NET0901',
    ]);
  });

  test('a network all of which is used has no warning', () => {
    expect(diagnosticsOf(modelOf('image -> Conv(1)'))).toEqual([]);
  });

  test('a state of a step that only a dropped value needs is not warned of twice', () => {
    const body =
      'let (used, lost) = repeat 3 with (a, b) = (image, image) { (a -> relu, b -> tanh) }';
    expect(diagnosticsOf(modelOf('used -> Conv(1)', body))).toHaveLength(1);
  });
});

describe('modes-1: modes', () => {
  test('dropout draws by the path of its application', () => {
    const block = 'block Noisy(x) { x -> dropout(0.1) -> dropout }\n';
    const graph = graphOf(block + modelOf('image -> Noisy -> dropout(0.2) as last'));
    expect(graph.nodes.map(({ attributes }) => [attributes.path, attributes.rate])).toEqual([
      ['Noisy/dropout', 0.1],
      ['Noisy/dropout.2', 0.5],
      ['last', 0.2],
    ]);
  });

  test('two masks of one path would be one mask', () => {
    expect(diagnosticsOf(modelOf('image -> dropout -> dropout as dropout'))[0]).toContain(
      'NET0109',
    );
  });

  test('batch norm is as stored until a pass says otherwise', () => {
    const graph = graphOf(modelOf('image -> BatchNorm(momentum: 0.3, epsilon: 0.001)'));
    expect(opsOf(graph)).toEqual(['batchNorm']);
    expect(graph.nodes[0]!.attributes).toEqual({ epsilon: 0.001, momentum: 0.3 });
    expect(diagnosticsOf(modelOf('image -> BatchNorm(epsilon: 0)'))[0]).toContain('NET0214');
  });
});

describe('models-1: outputs', () => {
  test('a tensor by its name, a list by index, and both hold for the lines below', () => {
    const graph = graphOf(`model Net {
  input image: [N, H, W, 3]
  output maps = for c in [1, 2] { image -> Conv(c) }
  output mask = maps.first -> sigmoid
  output none = []
}`);
    expect(graph.outputs.map(({ name }) => name)).toEqual(['maps[0]', 'maps[1]', 'mask']);
  });

  test('a model has one output or more', () => {
    const none = 'model Net { input image: [N, H, W, 3]\n let x = image }';
    expect(diagnosticsOf(none)).toEqual(['NET0503: Net has no output']);
    expect(diagnosticsOf(modelOf('[]'))[0]).toContain('NET0503');
  });

  test('an output is no number', () => {
    expect(diagnosticsOf(modelOf('3'))).toEqual([
      'NET0310: an output is a tensor or a list of tensors, this is the number 3',
    ]);
  });
});
