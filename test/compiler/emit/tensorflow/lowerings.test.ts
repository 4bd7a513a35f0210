import { describeEachOperation } from '../../../runtime/engines/each-operation.js';
import { openProgram, withTensorFlow } from './engine.js';

withTensorFlow('each operation does what its float64 reference does', () => {
  describeEachOperation(openProgram);
});
