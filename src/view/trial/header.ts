import { InputError } from '../../runtime/errors/errors.js';

/** What the first bytes of a PNG or JPEG file say. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  /** Without transparency: 1 or 3. */
  readonly channels: number;
}

const elsewhere = 'use netc predict, which reads it';

/** Throws `InputError` where the file is none that a page reads as `netc predict` does: it has 8 bits a channel, and 1 or 3 channels. */
export function headerOf(bytes: Uint8Array, name: string): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47) return headerOfPng(view, name);
    if (view.getUint16(0) === 0xffd8) return headerOfJpeg(view, name);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${name} is damaged: it ends too early`);
    throw error;
  }
  throw new InputError(`${name} is neither PNG nor JPEG: for other formats use netc predict`);
}

/** PNG (ISO/IEC 15948), 11.2: the first chunk. */
function headerOfPng(view: DataView, name: string): ImageHeader {
  const [width, height, depth, colour] = [
    view.getUint32(16),
    view.getUint32(20),
    view.getUint8(24),
    view.getUint8(25),
  ];
  if (depth > 8) {
    throw new InputError(`${name} has ${depth} bits a channel, and a page sees 8: ${elsewhere}`);
  }
  // A file that ends here has no picture.
  view.getUint32(37);
  const isGrey = colour === 0 || colour === 4;
  return { width, height, channels: isGrey ? 1 : 3 };
}

/** JPEG (ITU-T T.81), annex B: segments of a marker and, but for a few, a length. */
function headerOfJpeg(view: DataView, name: string): ImageHeader {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (view.getUint8(at) !== 0xff || marker === 0xda) break;
    if (!isFrame) continue;
    const channels = view.getUint8(at + 9);
    if (channels !== 1 && channels !== 3) {
      throw new InputError(`${name} has ${channels} inks, and a page sees colours: ${elsewhere}`);
    }
    const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    return { width, height, channels };
  }
  throw new InputError(`${name} is damaged: it says no size`);
}
