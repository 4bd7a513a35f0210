import type { Builtin } from '../values/builtin.js';
import { activations } from './activations.js';
import { BatchNorm } from './batch-norm.js';
import { Conv, DepthwiseConv } from './conv.js';
import { ConvTranspose } from './conv-transpose.js';
import { functions } from './functions.js';
import { joining } from './joining.js';
import { learned } from './learned.js';
import { norms } from './norms.js';
import { pooling } from './pooling.js';
import { PRelu } from './prelu.js';
import { resizing } from './resizing.js';

/** Every built-in block and operation by its name, which no file may define (names-4). */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    Conv,
    ConvTranspose,
    DepthwiseConv,
    BatchNorm,
    ...norms,
    PRelu,
    ...learned,
    ...activations,
    ...pooling,
    ...resizing,
    ...joining,
  ].map((builtin) => [builtin.name, builtin]),
);

export const isOperation = (name: string): boolean => builtins.get(name)?.kind === 'operation';
export const isBuiltin = (name: string): boolean => builtins.has(name) || functions.has(name);
