import dicom, { type DataSet } from 'dicom-parser';
import { type Format, type Pixels, requireBytes } from './format.js';
import { numberTypes, type Rescale, readNumbers, rescaleOf } from './numbers.js';

/** DICOM without compression: rescaled values (of CT: Hounsfield units), or colours; several frames are slices. */
export const dicomFormat: Format = {
  recognises: (head) => head.toString('latin1', 128, 132) === 'DICM',
  async headerOf(source) {
    const { width, height, channels, frames } = headOf(dicom.parseDicom(await source.bytes()));
    return { width, height, channels, slices: frames, affine: null };
  },
  decode: async (source, slice) => decode(await source.bytes(), slice),
};

/** Implicit and explicit value representations, both little-endian. */
const plain = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1']);

function headOf(set: DataSet) {
  const syntax = set.string('x00020010')?.trim() ?? '';
  if (!plain.has(syntax)) {
    throw new Error(
      `its transfer syntax ${syntax} is compressed or big-endian: save it uncompressed, as by dcmdjpeg or gdcmconv --raw`,
    );
  }
  const [height, width] = [set.uint16('x00280010'), set.uint16('x00280011')];
  if (!height || !width) throw new Error('it holds no picture');
  const bits = set.uint16('x00280100') ?? 16;
  const channels = set.uint16('x00280002') ?? 1;
  if ((bits !== 8 && bits !== 16) || (channels !== 1 && channels !== 3)) {
    throw new Error(`it has ${channels} samples of ${bits} bits: 1 or 3 of 8 or 16 can be read`);
  }
  const photometric = set.string('x00280004')?.trim() ?? '';
  if (photometric === 'PALETTE COLOR') {
    throw new Error('its values are places in a palette (PALETTE COLOR): save it as RGB');
  }
  if (channels === 3 && photometric !== 'RGB') {
    throw new Error(`its colours are ${photometric}: save them as RGB`);
  }
  const stored = set.uint16('x00280101') ?? bits;
  const high = set.uint16('x00280102') ?? stored - 1;
  if (stored < 1 || high < stored - 1 || high >= bits) {
    throw new Error(`its ${stored} stored bits up to bit ${high} do not fit ${bits} bits`);
  }
  return {
    width,
    height,
    channels,
    bits,
    stored,
    high,
    inverted: photometric === 'MONOCHROME1',
    signed: set.uint16('x00280103') === 1,
    frames: Math.max(1, set.intString('x00280008') ?? 1),
  };
}

function decode(bytes: Buffer, slice: number): Pixels {
  const set = dicom.parseDicom(bytes);
  const { width, height, channels, bits, inverted, signed, ...head } = headOf(set);
  const element = set.elements.x7fe00010;
  if (!element) throw new Error('it holds no picture');
  const type = numberTypes[`${signed ? 'i' : 'u'}${bits === 8 ? 1 : 2}`];
  const count = width * height * channels;
  const start = element.dataOffset + slice * count * type.bytes;
  requireBytes(bytes, start + count * type.bytes);
  const { data: samples } = readNumbers(bytes, start, count, type, true);
  if (head.stored < bits) keepStoredBits(samples, head, signed);
  const planes = channels === 3 && set.uint16('x00280006') === 1;
  const data = planes ? interleaved(samples) : samples;
  if (inverted) {
    // White and black change places within the range that the stored bits have.
    const sum = signed ? -1 : 2 ** head.stored - 1;
    for (let i = 0; i < count; i++) data[i] = sum - data[i]!;
  }
  const rescale = rescaleOfFrame(set, slice);
  if (rescale) {
    const { slope, intercept } = rescale;
    for (let i = 0; i < count; i++) data[i] = data[i]! * slope + intercept;
  }
  return { width, height, channels, data, white: bits === 8 && !rescale ? 255 : null };
}

/** Bits outside those stored may hold an overlay, or anything (PS3.5, 8.1.1): they do not count. */
function keepStoredBits(
  samples: Float32Array,
  { stored, high }: { readonly stored: number; readonly high: number },
  signed: boolean,
): void {
  const [up, down] = [31 - high, 32 - stored];
  for (let i = 0; i < samples.length; i++) {
    samples[i] = signed ? (samples[i]! << up) >> down : (samples[i]! << up) >>> down;
  }
}

/** Enhanced DICOM gives it in groups: a frame's own goes before that of all frames, and that before the file's. */
function rescaleOfFrame(set: DataSet, frame: number): Rescale | null {
  const places = [
    transformationOf(set, 'x52009230', frame),
    transformationOf(set, 'x52009229', 0),
    set,
  ];
  for (const place of places) {
    const [slope, intercept] = [place?.floatString('x00281053'), place?.floatString('x00281052')];
    if (slope !== undefined || intercept !== undefined) return rescaleOf(slope ?? 1, intercept);
  }
  return null;
}

/** The Pixel Value Transformation in the item `index` of functional groups. */
const transformationOf = (set: DataSet, groups: string, index: number): DataSet | undefined =>
  set.elements[groups]?.items?.[index]?.dataSet?.elements.x00289145?.items?.[0]?.dataSet;

/** Three planes, one after the other, as three channels. */
function interleaved(planes: Float32Array): Float32Array {
  const pixels = planes.length / 3;
  return planes.map((_, i) => planes[(i % 3) * pixels + Math.floor(i / 3)]!);
}
