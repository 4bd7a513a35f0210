import { InputError } from '../../errors.js';
import type { Picture } from '../sample.js';
import { bmp } from './bmp.js';
import { bySharp } from './by-sharp.js';
import { dicomFormat } from './dicom.js';
import type { Format, PictureSize, Pixels, Source } from './format.js';
import { nifti } from './nifti.js';
import { npy } from './npy.js';
import { pnm } from './pnm.js';
import { openSource } from './source.js';

const formats: readonly Format[] = [bySharp, dicomFormat, nifti, npy, pnm, bmp];

/** How names of pictures end, each with or without `.gz`. */
export const endings = 'png|jpg|jpeg|tif|tiff|gif|webp|bmp|ppm|pgm|pnm|npy|nii|dcm'.split(
  '|',
) as readonly string[];

/** Width, height and slices, without decoding the pixels. Throws `InputError` where it is no image. */
export const readSize = (path: string): Promise<PictureSize> =>
  reading(path, (format, source) => format.sizeOf(source));

/** The picture as it is stored: what label maps need. Throws `InputError` where it cannot be read. */
export const readPixels = (path: string, slice = 0): Promise<Pixels> =>
  reading(path, (format, source) => format.decode(source, slice));

/**
 * The picture, one or three channels: grey values and colours from 0 to 255 whatever their depth, measurements (signed
 * TIFF, DICOM, NIfTI, npy of other than bytes) as they are. Transparency is dropped; of several pages the first counts.
 * What a file is, its first bytes tell. Throws `InputError` where it cannot be read.
 *
 * @param slice of a volume, from 0.
 */
export async function readPicture(path: string, slice = 0): Promise<Picture> {
  const { white, ...picture } = await readPixels(path, slice);
  if (white === null || white === 255) return picture;
  return { ...picture, data: picture.data.map((value) => (value * 255) / white) };
}

async function reading<T>(
  path: string,
  read: (format: Format, source: Source) => Promise<T>,
): Promise<T> {
  try {
    const source = await openSource(path);
    const format = formats.find(({ recognises }) => recognises(source.head));
    if (!format) throw new Error('its first bytes are of no known format');
    return await read(format, source);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new InputError(`${path} cannot be read as an image: ${reason}`);
  }
}
