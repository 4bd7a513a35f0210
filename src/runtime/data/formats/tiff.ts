import { decodeBySharp } from './by-sharp.js';
import type { Format, Source } from './format.js';
import { oriented, shownSize } from './orientation.js';
import { pagesOf, type TiffPage } from './tiff-pages.js';
import { alphaOf, samplesOf } from './tiff-samples.js';

/**
 * TIFF and BigTIFF, each page a slice. Grey values and colours of up to 16 bits are the library's; signed and floating
 * samples, those of 32 and 64 bits and any other number of channels are read as they are stored.
 */
export const tiff: Format = {
  recognises: (head) => /^(II[*+]\0|MM\0[*+])/.test(head.toString('latin1', 0, 4)),
  async headerOf(source) {
    const pages = await equalPages(source);
    const [page] = pages;
    const { width, height } = shownSize(page!, page!.orientation);
    const channels = isPhotograph(page!)
      ? colours(page!)
      : page!.samples - (alphaOf(page!) < 0 ? 0 : 1);
    return { width, height, slices: pages.length, channels, affine: null };
  },
  async decode(source, slice) {
    // All of it is wanted, and kept between slices: each directory by a read of its own would take longer than the pixels.
    const bytes = await source.bytes();
    const pages = await equalPages({
      piece: async (at, length) => bytes.subarray(at, at + length),
    });
    const page = pages[slice];
    if (page === undefined) throw new Error(`it has ${pages.length} pages, and no ${slice + 1}`);
    if (isPhotograph(page)) return decodeBySharp(bytes, page.index);
    return oriented(await samplesOf(source, page), page.orientation);
  },
};

async function equalPages(source: Pick<Source, 'piece'>): Promise<TiffPage[]> {
  const pages = await pagesOf(source);
  const [first] = pages;
  const other = pages.find(
    ({ width, height }) => width !== first!.width || height !== first!.height,
  );
  if (other) {
    throw new Error(
      `its pages are of two sizes, ${first!.width}x${first!.height} and ${other.width}x${other.height}: save one picture, or a volume of equal pages`,
    );
  }
  return pages;
}

/** Palettes, inks and luminance with colour differences become three colours. */
const colours = ({ photometric, samples }: TiffPage): number =>
  photometric >= 2 || samples >= 3 ? 3 : 1;

function isPhotograph(page: TiffPage): boolean {
  const { format, bits, photometric, samples } = page;
  if (format !== 1 || bits > 16 || photometric > 6) return false;
  if (photometric === 3 || photometric === 5 || photometric === 6) return true;
  const wanted = photometric === 2 ? 3 : 1;
  return samples === wanted || (samples === wanted + 1 && alphaOf(page) === wanted);
}
