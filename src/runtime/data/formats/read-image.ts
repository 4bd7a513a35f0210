import sharp from 'sharp';
import { InputError } from '../../errors.js';
import type { Mask, Picture } from '../sample.js';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const refuse = (path: string, error: unknown): never => {
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  throw new InputError(`${path} cannot be read as an image: ${reason}`);
};

/** Width and height without decoding the pixels. Throws `InputError` where it is no image. */
export async function readSize(path: string): Promise<PictureSize> {
  const { width, height } = await sharp(path)
    .metadata()
    .catch((error) => refuse(path, error));
  return { width, height };
}

/**
 * The picture as values of 0 to 255, one or three channels; transparency is dropped and deeper
 * samples are scaled to 8 bits. Of several pages the first counts.
 */
export async function readImage(path: string): Promise<Picture> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error) => refuse(path, error));
  const { width, height, channels } = info;
  return { width, height, channels, data: Float32Array.from(data) };
}

/**
 * The first channel above one half of white: DRIVE's masks are 0 and 255, drawn ones may have soft
 * edges.
 */
export async function readMask(path: string): Promise<Mask> {
  const { width, height, channels, data } = await readImage(path);
  const inside = new Uint8Array(width * height);
  for (let i = 0; i < inside.length; i++) inside[i] = data[i * channels] > 127 ? 1 : 0;
  return { width, height, data: inside };
}
