import type { Graph } from '../ir/graph.js';
import type { ImageSize } from '../sizes/size.js';
import { nearestTaken } from '../solve/nearest.js';

/** What costs are counted for where nobody names a size and the model takes it. */
export const usualSize: ImageSize = { height: 256, width: 256 };

/** 256x256, or where the model takes no such image the nearest size that it takes. */
export const usualSizeOf = (graph: Graph): ImageSize =>
  nearestTaken([graph], usualSize) ?? usualSize;
