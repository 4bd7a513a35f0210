import { type Extents, fixed, fixedValue, printSize, type Shape } from '../../sizes/size.js';
import { wantImage, wantNumbers } from '../checks.js';
import { type Demand, ShapeError } from '../definition.js';
import { fourOf, sizeOf } from '../values.js';
import { forEachTap, type Padding, positionsOf, type Windows, windowsOf } from '../window.js';

/** What a convolution and its two gradients have in common. */
export type ConvAttributes = {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly groups: number;
  readonly padding: Padding;
};

export const convAttributes = {
  strides: 'numbers',
  dilations: 'numbers',
  groups: 'number',
  padding: 'string',
} as const;

export const convAttributesOf = (attributes: ConvAttributes): ConvAttributes => {
  const { strides, dilations, groups, padding } = attributes;
  return { strides, dilations, groups, padding };
};

const windowsOfKernel = (kernel: Extents, attributes: ConvAttributes): Windows =>
  windowsOf(kernel, attributes.strides, attributes.dilations, attributes.padding);

/** The shape of `conv(x, kernel)`: `[N, H', W', Cout]`. */
export function convShape(
  x: Shape,
  kernel: Shape,
  attributes: ConvAttributes,
  demand: Demand,
): Shape {
  wantImage(x, 0);
  wantImage(kernel, 1);
  const extents = wantNumbers(kernel, 'the kernel', 1);
  const [, , channelsOfGroup, outputs] = fourOf(extents);
  const [batch, height, width, channels] = x;
  const { groups } = attributes;
  if (outputs % groups !== 0) {
    throw new ShapeError({ kind: 'groups', groups, channels: [outputs] }, [1]);
  }
  if (fixedValue(channels) !== channelsOfGroup * groups) {
    const wanted = channelsOfGroup * groups;
    const facts = { kind: 'kernelChannels', wanted, channels: printSize(channels) } as const;
    throw new ShapeError(facts, [0, 1]);
  }
  const [vertical, horizontal] = windowsOfKernel(extents, attributes);
  return [
    batch,
    positionsOf(height, vertical, demand),
    positionsOf(width, horizontal, demand),
    fixed(outputs),
  ];
}

/**
 * Visits the products of a convolution as rows along the output channels: for each element `x` of the input that a
 * tap covers, `count` elements from `kernel` meet as many from `y`. The convolution and both its gradients are these
 * same products, summed into another of the three.
 */
export function forEachProductRow(
  input: Extents,
  kernel: Extents,
  output: Extents,
  attributes: ConvAttributes,
  visit: (x: number, kernel: number, y: number, count: number) => void,
): void {
  const [, , channelsOfGroup, outputs] = fourOf(kernel);
  const channels = channelsOfGroup * attributes.groups;
  const count = outputs / attributes.groups;
  const windows = windowsOfKernel(kernel, attributes);
  forEachTap(input, output, windows, (inputPixel, tap, outputPixel) => {
    for (let channel = 0; channel < channels; channel++) {
      const group = Math.floor(channel / channelsOfGroup);
      const row = tap * channelsOfGroup + (channel % channelsOfGroup);
      visit(
        inputPixel * channels + channel,
        row * outputs + group * count,
        outputPixel * outputs + group * count,
        count,
      );
    }
  });
}

/** Multiply-adds, those with padding included, as is usual in the field. */
export const productsOf = (kernel: Extents, output: Extents): number =>
  sizeOf(output) * sizeOf(kernel.slice(0, 3));
