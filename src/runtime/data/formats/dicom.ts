import dicom, { type DataSet } from 'dicom-parser';
import { type Format, type Pixels, requireBytes } from './format.js';
import { numberTypes, readNumbers, rescaleOf } from './numbers.js';

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
  if (channels === 3 && photometric !== 'RGB') {
    throw new Error(`its colours are ${photometric}: save them as RGB`);
  }
  return {
    width,
    height,
    channels,
    bits,
    inverted: photometric === 'MONOCHROME1',
    signed: set.uint16('x00280103') === 1,
    frames: Math.max(1, set.intString('x00280008') ?? 1),
  };
}

function decode(bytes: Buffer, slice: number): Pixels {
  const set = dicom.parseDicom(bytes);
  const { width, height, channels, bits, inverted, signed } = headOf(set);
  const element = set.elements.x7fe00010;
  if (!element) throw new Error('it holds no picture');
  const type = numberTypes[`${signed ? 'i' : 'u'}${bits === 8 ? 1 : 2}`];
  const count = width * height * channels;
  const start = element.dataOffset + slice * count * type.bytes;
  requireBytes(bytes, start + count * type.bytes);
  const { data: stored } = readNumbers(bytes, start, count, type, true);
  const planes = channels === 3 && set.uint16('x00280006') === 1;
  const data = planes ? interleaved(stored) : stored;
  if (inverted) {
    // White and black change places within the range that the stored bits have.
    const sum = signed ? -1 : 2 ** (set.uint16('x00280101') ?? bits) - 1;
    for (let i = 0; i < count; i++) data[i] = sum - data[i];
  }
  const [given, offset] = [set.floatString('x00281053'), set.floatString('x00281052')];
  const rescaled = given !== undefined || offset !== undefined;
  const { slope, intercept } = rescaleOf(given ?? 1, offset);
  if (rescaled) for (let i = 0; i < count; i++) data[i] = data[i] * slope + intercept;
  return { width, height, channels, data, white: bits === 8 && !rescaled ? 255 : null };
}

/** Three planes, one after the other, as three channels. */
function interleaved(planes: Float32Array): Float32Array {
  const pixels = planes.length / 3;
  return planes.map((_, i) => planes[(i % 3) * pixels + Math.floor(i / 3)]);
}
