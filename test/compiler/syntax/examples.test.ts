import { expect, test } from 'vitest';
import { definitionsOf, parse } from './sketch.js';

// How the language's reference reads: each example and the tree it means.

test('a block with defaults is a chain of arrows', () => {
  const text = `block ConvUnit(channels, kernel = 3, dilation = 1) (x) {
    x -> Conv(channels, kernel: kernel, dilation: dilation) -> BatchNorm -> relu
  }`;
  expect(definitionsOf(text)).toEqual([
    'block ConvUnit(channels, kernel = 3, dilation = 1) (x) ' +
      '{(((x -> Conv{channels, kernel: kernel, dilation: dilation}) -> BatchNorm) -> relu)}',
  ]);
});

test('a body may stand on one line', () => {
  const text = 'block DoubleConv(channels) (x) { x -> ConvUnit(channels) -> ConvUnit(channels) }';
  expect(definitionsOf(text)).toEqual([
    'block DoubleConv(channels) (x) {((x -> ConvUnit{channels}) -> ConvUnit{channels})}',
  ]);
});

test('bracketed chains are the operands of a sum', () => {
  const text = `block ResConv(channels) (x) {
    (x -> DoubleConv(channels)) + (x -> Conv(channels, kernel: 1) -> BatchNorm)
  }`;
  expect(definitionsOf(text)).toEqual([
    'block ResConv(channels) (x) ' +
      '{((x -> DoubleConv{channels}) + ((x -> Conv{channels, kernel: 1}) -> BatchNorm))}',
  ]);
});

test('a fold starts with what stands after `with`', () => {
  const text = `block RecurrentConv(channels, steps = 2) (x) {
    shared kernel = Conv(channels)
    shared norm = BatchNorm
    repeat steps with state = x -> kernel -> norm -> relu {
      (x + state) -> kernel -> norm -> relu
    }
  }`;
  expect(definitionsOf(text)).toEqual([
    'block RecurrentConv(channels, steps = 2) (x) ' +
      '{shared kernel = (Conv call {channels}); shared norm = BatchNorm; ' +
      '(repeat steps with state = (((x -> kernel) -> norm) -> relu) ' +
      '{((((x + state) -> kernel) -> norm) -> relu)})}',
  ]);
});

test('`as` names the instance of the stage before it', () => {
  const text = `block R2CL(channels, steps = 2) (x) {
    let u = x -> Conv(channels, kernel: 1) as project
    u + (u -> RecurrentConv(channels, steps) -> RecurrentConv(channels, steps))
  }`;
  expect(definitionsOf(text)).toEqual([
    'block R2CL(channels, steps = 2) (x) {let u = (x -> Conv{channels, kernel: 1} as project); ' +
      '(u + ((u -> RecurrentConv{channels, steps}) -> RecurrentConv{channels, steps}))}',
  ]);
});

test('a chain may stand inside a sum inside a chain', () => {
  const text = `block RCL(channels, steps = 2) (u) {
    shared feedback = Conv(channels, bias: false)
    let drive = u -> Conv(channels)
    repeat steps with state = drive -> BatchNorm -> relu {
      (drive + (state -> feedback)) -> BatchNorm -> relu
    }
  }`;
  expect(definitionsOf(text)).toEqual([
    'block RCL(channels, steps = 2) (u) {shared feedback = (Conv call {channels, bias: false}); ' +
      'let drive = (u -> Conv{channels}); ' +
      '(repeat steps with state = ((drive -> BatchNorm) -> relu) ' +
      '{(((drive + (state -> feedback)) -> BatchNorm) -> relu)})}',
  ]);
});

test('several values stand left of an arrow, and a default may ask an input', () => {
  const text = `block AttentionGate(inner = skip.channels / 2) (skip, up) {
    let query = (skip -> Conv(inner, kernel: 1)) + (up -> Conv(inner, kernel: 1))
    let alpha = query -> relu -> sigmoid
    (skip * alpha, up) -> concat
  }`;
  expect(definitionsOf(text)).toEqual([
    'block AttentionGate(inner = ((skip . channels) / 2)) (skip, up) ' +
      '{let query = ((skip -> Conv{inner, kernel: 1}) + (up -> Conv{inner, kernel: 1})); ' +
      'let alpha = ((query -> relu) -> sigmoid); (<(skip * alpha), up> -> concat)}',
  ]);
});

test('the recursive U: a choice whose branches end in results', () => {
  const text = `block UShape(Unit, Skip, channels, depth) (x) {
    require depth >= 0, "depth counts the halvings"
    let here = x -> Unit(channels)
    if depth == 0 { here } else {
      let up = here -> maxPool(2) -> UShape(Unit, Skip, channels * 2, depth - 1) as below
      (here, up) -> Skip -> Unit(channels)
    }
  }`;
  expect(definitionsOf(text)).toEqual([
    'block UShape(Unit, Skip, channels, depth) (x) ' +
      '{require (depth >= 0) "depth counts the halvings"; let here = (x -> Unit{channels}); ' +
      '(if (depth == 0) {here} else {let up = ((here -> maxPool{2}) -> ' +
      'UShape{Unit, Skip, (channels * 2), (depth - 1)} as below); ' +
      '((<here, up> -> Skip) -> Unit{channels})})}',
  ]);
});

test('a model has inputs and outputs; a variant is a model with other arguments', () => {
  const text = `model UNet(Unit = DoubleConv, base = 64, inputs = 3) {
    input  image: [N, H, W, inputs]
    output mask = image -> UShape(Unit, concat, base, 4) -> sigmoid
  }
  model R2UNet = UNet(Unit: R2CL)
  model Plain { output mask = image }`;
  expect(definitionsOf(text)).toEqual([
    'model UNet(Unit = DoubleConv, base = 64, inputs = 3) {input image: [N, H, W, inputs]; ' +
      'output mask = ((image -> UShape{Unit, concat, base, 4}) -> sigmoid)}',
    'model R2UNet = (UNet call {Unit: R2CL})',
    'model Plain() {output mask = image}',
  ]);
});

test('patterns, loops over lists and folds of several values', () => {
  const text = `block Decoder(x) {
    let (pooled, switches) = x -> maxPoolWithSwitches(2)
    let rows = for row in [...pooled.rest, switches[0]] { row -> relu }
    for x in rows.reversed with (hidden, _) = (zero, zero) { (hidden, x) }
  }`;
  expect(definitionsOf(text)).toEqual([
    'block Decoder(x) {let <pooled, switches> = (x -> maxPoolWithSwitches{2}); ' +
      'let rows = (for row in [...(pooled . rest), (switches at 0)] {(row -> relu)}); ' +
      '(for x in (rows . reversed) with <hidden, _> = <zero, zero> {<hidden, x>})}',
  ]);
});

test('imports with and without another name', () => {
  const { file, codes } = parse('import { A, B as C } from "lib/units.net"\nblock D(x) { x }');
  expect(codes).toEqual([]);
  const [found] = file.imports;
  expect(found!.names.map(({ name, as }) => [name.text, as?.text])).toEqual([
    ['A', undefined],
    ['B', 'C'],
  ]);
  expect(found!.from.text).toBe('lib/units.net');
});

test('text-1: `///` lines right above a definition are its text, other comments are not', () => {
  const { file } = parse(
    [
      '/// Not for A: a line lies between.',
      '',
      '/// Adds.',
      '///   Twice.',
      'block A(x) { x + x }',
      '// plain',
      'block B(x) { x }',
    ].join('\n'),
  );
  expect(file.definitions.map(({ doc }) => doc)).toEqual(['Adds.\n  Twice.', null]);
});
