import { InvalidArgumentError } from 'commander';
import type { ImageSize } from '../compiler/sizes/size.js';

/** The value of `--size`. */
export function parseSize(text: string): ImageSize {
  const match = /^(\d+)x(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError('Write it as HEIGHTxWIDTH, for example 256x256.');
  return { height: Number(match[1]), width: Number(match[2]) };
}

export const printSize = ({ height, width }: ImageSize): string => `${height}x${width}`;

/** A whole number of `least` or more, for `--batch` and `--depth`. */
export const parseWhole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least) return value;
    throw new InvalidArgumentError(`Write a whole number of ${least} or more.`);
  };
