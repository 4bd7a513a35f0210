import { expect, test } from 'vitest';
import { EngineError, InputError, MachineError } from '../../../src/runtime/errors/errors.js';
import { errorOf, problemOf } from '../../../src/runtime/workers/protocol.js';

const sent = (error: Error): Error => errorOf(structuredClone(problemOf(error)));

test.each([
  new InputError('one', 'two'),
  new MachineError('no memory'),
  new EngineError('no engine'),
])('%s is of its class on the other thread', (error) => {
  expect(sent(error)).toEqual(error);
  expect(sent(error).constructor).toBe(error.constructor);
});

test('an error of the system keeps its code, which tells a full disk from a wrong image', () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  expect(sent(full)).toMatchObject({ message: 'no space left', code: 'ENOSPC' });
  expect(sent(new Error('anything else'))).not.toHaveProperty('code');
});
