import { flag, section } from './builders.js';

export const augment = section('What is done to a training patch at random.', {
  flips: flag('Mirror it.', true),
  quarterTurns: flag('Turn it by a multiple of 90 degrees.', true),
});
