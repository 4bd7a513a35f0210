import { engineKinds } from '../options/engine.js';
import { choice, optional, section, whole } from './builders.js';

export const engine = section('What does the computing.', {
  kind: choice(
    'The engine; auto is tensorflow where `netc setup` has set it up, else portable.',
    engineKinds,
    'auto',
  ),
  gpu: choice('Whether TensorFlow uses a GPU.', ['auto', 'require', 'never'], 'auto'),
  threads: optional(
    whole('How many threads TensorFlow uses within an operation; left out, one for each core.', 1),
  ),
  devices: whole(
    'Over how many devices TensorFlow divides the batch of a training step: GPUs or, where it was set up for none, devices of the CPU, which share its threads and make nothing faster.',
    1,
    1,
  ),
});
