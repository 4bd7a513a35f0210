import { counted } from '../../errors/counted.js';
import { InputError } from '../../errors/errors.js';
import type { Picture } from '../sample.js';
import { bmp } from './bmp.js';
import { bySharp } from './by-sharp.js';
import { dicomFormat } from './dicom.js';
import type { Format, Header, PictureSize, Pixels, Source } from './format.js';
import { geometryFrom, nifti } from './nifti.js';
import type { NiftiGeometry } from './nifti-geometry.js';
import { npy } from './npy.js';
import { pnm } from './pnm.js';
import { openSource } from './source.js';
import { tiff } from './tiff.js';

const formats: readonly Format[] = [bySharp, tiff, dicomFormat, nifti, npy, pnm, bmp];

/** Width, height and slices, without decoding the pixels. Throws `InputError` where it is no image. */
export async function readSize(path: string): Promise<PictureSize> {
  const { width, height, slices } = await readHeader(path);
  return { width, height, slices };
}

/** What the header says, as a viewer shows it: turned by EXIF. Throws `InputError` where it is no image. */
export const readHeader = (path: string): Promise<Header> =>
  reading(path, (format, source) => format.headerOf(source));

/** How a NIfTI file places its voxels; null where the file is of another format. Throws `InputError` where it cannot be read. */
export const niftiGeometry = (path: string): Promise<NiftiGeometry | null> =>
  reading(path, async (_, source) => geometryFrom(source));

/** The picture as it is stored: what label maps need. Throws `InputError` where it cannot be read. */
export const readPixels = (path: string, slice = 0): Promise<Pixels> =>
  reading(path, (format, source) => format.decode(source, slice));

/**
 * The picture with all its channels: grey values and colours from 0 to 255 whatever their depth, measurements (signed or
 * floating TIFF, DICOM, NIfTI, npy of other than bytes) as they are, turned as EXIF says. Transparency that is even is dropped.
 * Recognises the format by the first bytes. Throws `InputError` where it cannot be read, where its transparency differs from pixel
 * to pixel, and `NotFinite` where pixels are no numbers.
 *
 * @param slice of a volume, from 0.
 */
export async function readPicture(path: string, slice = 0): Promise<Picture> {
  const { width, height, channels, data, white, alpha } = await readPixels(path, slice);
  requireFinite(path, slice, data);
  if (alpha?.some((value) => value !== alpha[0])) {
    throw new InputError(
      `${path} has transparency that differs from pixel to pixel: save it without, or a fourth channel as npy or as a TIFF of four samples`,
    );
  }
  if (white === null || white === 255) return { width, height, channels, data };
  return { width, height, channels, data: data.map((value) => (value * 255) / white) };
}

/** Pixels that are no numbers, or infinite: nothing can be learnt from a file with them, and one spoils every mean. */
export class NotFinite extends InputError {
  constructor(
    readonly path: string,
    readonly slice: number,
    readonly pixels: number,
  ) {
    super(notFiniteIn(path, pixels, slice === 0 ? '' : ` in slice ${slice}`));
  }
}

/** @param where a slice or how many; empty of a picture */
export const notFiniteIn = (path: string, pixels: number, where: string): string =>
  `${path} has ${counted(pixels, 'value')} that ${pixels === 1 ? 'is' : 'are'} NaN or infinite${where}: replace them by numbers, as by np.nan_to_num, or remove the file`;

function requireFinite(path: string, slice: number, data: Float32Array): void {
  let bad = 0;
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) bad++;
  if (bad > 0) throw new NotFinite(path, slice, bad);
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
