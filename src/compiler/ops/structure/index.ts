import { after } from './after.js';
import { broadcastTo } from './broadcast-to.js';
import { concat } from './concat.js';
import { constant } from './constant.js';
import { dropPath } from './drop-path.js';
import { dropout } from './dropout.js';
import { dropoutMask } from './dropout-mask.js';
import { fill } from './fill.js';
import { pad } from './pad.js';
import { reshape } from './reshape.js';
import { slice } from './slice.js';
import { spatialDropout } from './spatial-dropout.js';

export const structureOps = {
  after,
  constant,
  fill,
  broadcastTo,
  reshape,
  concat,
  slice,
  pad,
  dropout,
  spatialDropout,
  dropPath,
  dropoutMask,
};
