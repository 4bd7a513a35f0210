import { describe } from 'vitest';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { findInstallation } from '../../../../src/runtime/engines/setup/setup.js';
import { emitFor } from '../../../../src/runtime/engines/tensorflow/client.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';

const installed = (await findInstallation('cpu')) !== null;

/** Tests that need the engine; where `netc setup` could not make it they are skipped and listed so. */
export const withTensorFlow = describe.skipIf(!installed);

export async function openProgram(program: Program): Promise<Session> {
  const found = await plan({ gpu: 'never' });
  return openSession(emitFor(found, program), found);
}
