import { flag, type JsonSchema, object, optional, section } from './builders.js';

const amount = (description: string, maximum: number): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum,
  description,
  default: 0,
});
const length = (description: string, example: number): JsonSchema => ({
  type: 'number',
  exclusiveMinimum: 0,
  maximum: 1000,
  description,
  examples: [example],
});

export const augment = section('Random changes to training patches.', {
  flips: flag('Mirror the patch left to right, half of the time.', true),
  quarterTurns: flag('Turn the patch by a random multiple of 90 degrees.', true),
  rotate: amount('Rotate by up to this many degrees, either way.', 180),
  scale: amount('Enlarge or shrink by a factor of up to 1 + this.', 4),
  elastic: optional(
    object(
      'Deform by smooth random shifts (Simard et al. 2003).',
      {
        amplitude: length('The root mean square of the shifts along each axis, in pixels.', 2),
        smoothness: length(
          'The standard deviation of the Gaussian that smooths the shifts, in pixels.',
          8,
        ),
      },
      ['amplitude', 'smoothness'],
    ),
  ),
  brightness: amount('Add up to this much, either way; 1 is the step from black to white.', 1),
  contrast: amount("Stretch values about the patch's mean by a factor of up to 1 + this.", 4),
  colour: amount('Multiply each of three channels by a factor of its own of up to 1 + this.', 4),
  gamma: amount('Raise values of 0 to 1 to a power of up to 1 + this, or its inverse.', 4),
  noise: amount(
    'Add Gaussian noise of this standard deviation; 1 is the step from black to white.',
    1,
  ),
});
