import { engineKinds } from '../options/engine.js';
import { choice, optional, section, whole } from './builders.js';

export const engine = section('What computes.', {
  kind: choice(
    'auto: TensorFlow where `netc setup` has set it up, else portable.',
    engineKinds,
    'auto',
  ),
  gpu: choice('Whether a GPU computes, with TensorFlow.', ['auto', 'require', 'never'], 'auto'),
  threads: optional(whole("TensorFlow's threads of one operation; all where left out.", 1)),
});
