import type { ImageSize } from '../graph/cost.js';
import type { Graph } from '../graph/graph.js';
import type { Size } from '../shapes/size.js';

/** 256x256, or where the model takes no such image the next larger one that it takes. */
export function usualSize({ inputs, symbols }: Graph): ImageSize {
  const least = 256;
  const next = (size: Size | undefined): number => {
    const residue = symbols.find(({ symbol }) => symbol === size?.symbol);
    if (!residue) return least;
    const { modulus, remainder } = residue;
    return least + ((((remainder - least) % modulus) + modulus) % modulus);
  };
  const [, height, width] = inputs[0]?.value.type.shape ?? [];
  return { height: next(height), width: next(width) };
}
