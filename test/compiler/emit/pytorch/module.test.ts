import { describe, expect, it } from 'vitest';
import { builtins } from '../../../../src/compiler/builtins/index.js';
import { buildProgram } from '../../../../src/compiler/compile.js';
import { blocks } from '../../../../src/compiler/emit/pytorch/blocks.js';
import { emitPyTorch } from '../../../../src/compiler/emit/pytorch/module.js';
import { initialState } from '../../../../src/runtime/engines/initial-state.js';
import { compileText, modelOf } from '../../expand/texts.js';
import { expectGolden } from '../../golden.js';

function exported(text: string) {
  const { graph, tree, diagnostics } = compileText(text);
  if (!graph || !tree) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const { source, state } = emitPyTorch(graph, tree);
  return { source, state: state(initialState(buildProgram(graph), 3)) };
}

/** A model of images of 2 by 5. */
const fixedModelOf = (result: string, body: string): string =>
  modelOf(result, body).replace('N, H, W', 'N, 2, 5');

/** The body of `forward` of one class. */
const forwardOf = (source: string, name: string): string =>
  new RegExp(`class ${name}\\(nn.Module\\):[^]*?def forward\\(([^]*?)\\n\\n\\n`).exec(source)![1]!;

const recurrent = `/// One kernel over the input plus the state.
block Recurrent(channels, steps = 2) (x) {
  shared kernel = Conv(channels)
  shared norm = BatchNorm
  repeat steps with state = x -> kernel -> norm -> relu {
    (x + state) -> kernel -> norm -> relu
  }
}

/// The projected input plus two recurrent layers of it.
block Residual(channels) (x) {
  let u = x -> Conv(channels, kernel: 1) as project
  u + (u -> Recurrent(channels) -> Recurrent(channels))
}

block Gate(inner = skip.channels / 2) (skip, up) {
  let query = (skip -> Conv(inner, kernel: 1)) + (up -> Conv(inner, kernel: 1))
  (skip * (query -> relu -> Conv(1, kernel: 1) -> sigmoid), up) -> concat
}

model Tiny {
  input image: [N, H, W, 3]
  let here = image -> Residual(4)
  let up = here -> maxPool(2) -> Residual(8) as below -> upsample(2) -> Conv(4)
  output mask = (here, up) -> Gate -> Residual(4) as last -> Conv(1, kernel: 1) -> sigmoid
}
`;

describe('a model as a module of PyTorch', () => {
  it('mirrors the blocks of its file', () => {
    expectGolden('tiny.py', exported(recurrent).source);
  });

  it("has its weights by the names of the module's state, in PyTorch's layout", () => {
    const { state } = exported(recurrent);
    expect(state['below.project.weight']!.shape).toEqual([8, 4, 1, 1]);
    expect(state['below.Recurrent_2.norm.running_var']!.shape).toEqual([8]);
    expect(Object.keys(state)).toHaveLength(3 * (2 + 2 * 6) + 2 + 3 * 2 + 2);
  });

  it('holds a module a step where steps have weights of their own', () => {
    const { source, state } = exported(
      modelOf('image -> Steps', '').replace(
        'model',
        `block Steps(x) {
  repeat 3 with state = x { state -> BatchNorm -> relu }
}
model`,
      ),
    );
    expect(source).toContain('nn.ModuleList([nn.BatchNorm2d(3) for _ in range(3)])');
    expect(forwardOf(source, 'Steps')).toContain('state = F.relu(self.state_BatchNorm[i](state))');
    expect(state).toHaveProperty(['Steps.state_BatchNorm.2.weight']);
  });

  it('writes steps out that differ', () => {
    const { source } = exported(
      modelOf('image -> Widening').replace(
        'model',
        `block Widening(x) {
  for channels in [4, 8] with map = x { map -> Conv(channels) }
}
model`,
      ),
    );
    expect(forwardOf(source, 'Widening')).not.toContain('for ');
    expect(source).toContain('self.channels_1_Conv = nn.Conv2d(4, 8, 3, padding=1)');
  });

  it('hands an instance to the block that it is configured with', () => {
    const { source, state } = exported(
      modelOf('(image -> Twice(mlp)) + (image -> mlp)', 'shared mlp = Conv(3)').replace(
        'model',
        `block Twice(f) (x) { x -> f -> f }
model`,
      ),
    );
    expect(forwardOf(source, 'Twice')).toMatch(/^self, x, mlp\):\s+return mlp\(mlp\(x\)\)$/);
    expect(source).toContain('self.Twice(image, self.mlp) + self.mlp(image)');
    expect(Object.keys(state).sort()).toEqual(['mlp.bias', 'mlp.weight']);
  });

  it('pads as TensorFlow does, after, where an odd number is to be added', () => {
    const { source } = exported(modelOf('image -> Conv(2, stride: 2)'));
    expect(source).toContain('self.Conv(F.pad(image, (0, 1, 0, 1)))');
    expect(source).toContain('nn.Conv2d(3, 2, 3, stride=2)');
  });

  it('holds weights of no layer in a list of parameters', () => {
    const { source, state } = exported(
      fixedModelOf(
        'x + y + (x -> Learned)',
        'let x = image -> relu -> Scale\n  let y = x -> Learned([2, 5])',
      ),
    );
    expect(source).toContain('F.relu(image) * self.Scale[0][:, None, None] + learned');
    expect(source).toContain('self.Learned[0].expand(image.shape[0], -1, -1, -1)');
    expect(source).toContain(
      'self.Learned_2[0][:, None, None].expand(\n            learned.shape[0], -1, *learned.shape[2:]\n        )',
    );
    expect(state['Learned.0']!.shape).toEqual([3, 2, 5]);
    expect(state['Learned_2.0']!.shape).toEqual([3]);
  });

  it('knows every built-in block', () => {
    const known = [...builtins.values()].filter(({ kind }) => kind === 'block');
    expect(Object.keys(blocks).sort()).toEqual(known.map(({ name }) => name).sort());
  });

  it('takes a size from the tensor that the text names, which may come in for that alone', () => {
    const { source } = exported(
      modelOf('(image -> globalAverage, image) -> At').replace(
        'model',
        'block At(x, like) { (x, like) -> resizeLike }\nmodel',
      ),
    );
    expect(forwardOf(source, 'At')).toMatch(
      /^self, x, like\):\s+return F.interpolate\(x, size=like.shape\[2:\]\)$/,
    );
    expect(source).toContain('self.At(torch.mean(image, dim=(2, 3), keepdim=True), image)');
  });

  it('computes a size that no tensor in scope has', () => {
    const sizeOf = (like: string): string => {
      const { source } = exported(
        modelOf(`(image, image -> ${like}) -> resizeLike(mode: "bilinear")`),
      );
      return /size=(.*), mode/.exec(source)![1]!;
    };
    expect(sizeOf('maxPool(2)')).toBe('(image.shape[2] // 2, image.shape[3] // 2)');
    expect(sizeOf('maxPool(3, floor: true)')).toBe('(image.shape[2] // 3, image.shape[3] // 3)');
    expect(sizeOf('maxPool(2) -> pad(1)')).toBe(
      '((image.shape[2] + 4) // 2, (image.shape[3] + 4) // 2)',
    );
  });

  it('keeps the name of what a loop starts from where only that tells a later size', () => {
    const { source } = exported(
      modelOf('image -> There', '').replace(
        'model',
        `block There(x) {
  let small = repeat 2 with map = x { map -> maxPool(2, floor: true) }
  (small, x) -> resizeLike
}
model`,
      ),
    );
    expect(forwardOf(source, 'There')).toMatch(/map_2 = map\s+for _ in range\(2\)/);
    expect(forwardOf(source, 'There')).toContain('return resize_nearest(map_2, map.shape[2:])');
  });

  it('shares a class between units that differ in a number of forward', () => {
    const { source } = exported(
      modelOf('image -> Unit(rate: 0.1) -> Unit(rate: 0.3)').replace(
        'model',
        'block Unit(rate) (x) { x -> Conv(3) -> dropout(rate) }\nmodel',
      ),
    );
    expect(source.match(/class Unit/g)).toHaveLength(1);
    expect(source).toContain('self.rate = rate');
    expect(forwardOf(source, 'Unit')).toContain(
      'F.dropout(self.Conv(x), self.rate, self.training)',
    );
  });

  it('says where the network asks for what PyTorch cannot, and what to do', () => {
    const text = modelOf(
      '(values, places) -> maxUnpool',
      'let (values, places) = image -> maxPoolWithSwitches(3, stride: 2, padding: "valid")',
    );
    expect(() => exported(text)).toThrow(
      'PyTorch has no unpooling of windows that do not lie side by side (main.net:4): let the pooling have a stride equal to its window, and no padding, or export to onnx or savedmodel',
    );
  });
});
