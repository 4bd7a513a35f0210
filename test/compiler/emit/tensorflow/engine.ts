import { describe } from 'vitest';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { findInstallation } from '../../../../src/runtime/engines/setup/setup.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';

const installed = (await findInstallation('cpu')) !== null;

/** Tests that need the engine; where `netc setup` could not make it they are skipped and listed so. */
export const withTensorFlow = describe.skipIf(!installed);

export const openProgram = async (program: Program): Promise<Session> =>
  openSession(emitSavedModel(program), await plan({ gpu: 'never' }));
