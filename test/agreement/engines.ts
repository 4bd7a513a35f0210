import { describe } from 'vitest';
import type { Program } from '../../src/compiler/ir/graph.js';
import { openSession } from '../../src/runtime/engines/portable/session.js';
import type { Session } from '../../src/runtime/engines/session.js';
import { openProgram, withTensorFlow } from '../compiler/emit/tensorflow/engine.js';

export type OpenSession = (program: Program) => Promise<Session>;

/** The engines that are held to the reference, each with the `describe` that skips it where it can't be had. */
export const engines: readonly {
  readonly name: string;
  readonly open: OpenSession;
  readonly describe: typeof describe.skip;
}[] = [
  { name: 'TensorFlow', open: openProgram, describe: withTensorFlow },
  { name: 'the portable engine', open: openSession, describe },
];
