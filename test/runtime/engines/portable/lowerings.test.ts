import { describe } from 'vitest';
import { openSession } from '../../../../src/runtime/engines/portable/session.js';
import { describeEachOperation } from '../each-operation.js';

describe('each operation does what its float64 reference does', () => {
  describeEachOperation(openSession);
});
