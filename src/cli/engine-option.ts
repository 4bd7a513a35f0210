import { Option } from 'commander';
import { engineKinds } from '../runtime/experiments/options/engine.js';

/** `--engine`, which names what computes; without it the experiment does, or `auto`. */
export const engineOption = (): Option =>
  new Option(
    '--engine <name>',
    'the engine; auto is tensorflow where it is set up, else portable; reference is float64, slow',
  ).choices(engineKinds);
