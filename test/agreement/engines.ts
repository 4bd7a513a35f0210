import type { describe } from 'vitest';
import { openProgram, withTensorFlow } from '../compiler/emit/tensorflow/engine.js';

export type OpenSession = typeof openProgram;

/** The engines that are held to the reference, each with the `describe` that skips it where it can't be had. */
export const engines: readonly {
  readonly name: string;
  readonly open: OpenSession;
  readonly describe: typeof describe.skip;
}[] = [{ name: 'TensorFlow', open: openProgram, describe: withTensorFlow }];
