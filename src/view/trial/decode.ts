import type { Picture } from '../../runtime/data/sample.js';
import { InputError } from '../../runtime/errors/errors.js';
import { headerOf, type ImageHeader } from './header.js';

/** What a page holds of an image, at most: 4096 times 4096. */
export const mostPixels = 2 ** 24;
const mostBytes = 2 ** 27;

/**
 * The picture as `readPicture` has it: grey values or colours of 0 to 255, turned as EXIF says. Throws `InputError` where the file
 * is too large, is none that a page reads so, or has transparency.
 */
export async function decode(image: File): Promise<Picture> {
  const { name, size } = image;
  if (size > mostBytes) throw tooLarge(name, `${Math.round(size / 1e6)} MB`);
  const header = headerOf(new Uint8Array(await image.arrayBuffer()), name);
  const { width, height } = header;
  if (width * height > mostPixels) throw tooLarge(name, `${width}x${height} pixels`);
  return pictureOf(name, header, await pixelsOf(image));
}

const tooLarge = (name: string, size: string): InputError =>
  new InputError(
    `${name} has ${size}, more than a page takes (4096x4096 pixels, 134 MB): use netc predict`,
  );

/** Red, green, blue and transparency of each pixel. */
async function pixelsOf(image: File): Promise<ImageData> {
  const bitmap = await createImageBitmap(image, {
    // Values as they are stored, whatever colour profile the file has.
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  }).catch((error: Error) => {
    throw new InputError(`${image.name} cannot be read as an image: ${error.message}`);
  });
  try {
    const { width, height } = bitmap;
    const context = canvasOf(width, height);
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}

/** Throws `InputError` where the browser changes what is read from a canvas, as some do against being recognised. */
function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const open = (w: number, h: number) =>
    new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true })!;
  const sample = new ImageData(8, 8);
  sample.data.forEach((_, i) => {
    sample.data[i] = i % 4 === 3 ? 255 : i;
  });
  const proof = open(8, 8);
  proof.putImageData(sample, 0, 0);
  const back = proof.getImageData(0, 0, 8, 8).data;
  if (back.some((value, i) => value !== sample.data[i])) {
    throw new InputError(
      'this browser gives a page other pixels than the image has, to protect its user: allow this page to read canvases, or use netc predict',
    );
  }
  return open(width, height);
}

function pictureOf(name: string, { channels }: ImageHeader, { width, height, data }: ImageData) {
  const values = new Float32Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    if (data[4 * i + 3] !== 255) {
      throw new InputError(`${name} has transparency: save it without, or use netc predict`);
    }
    for (let c = 0; c < channels; c++) values[i * channels + c] = data[4 * i + c]!;
  }
  return { width, height, channels, data: values };
}
