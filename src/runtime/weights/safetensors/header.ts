import { InputError } from '../../errors/errors.js';
import { type ElementType, elementTypes } from '../element-types.js';
import { arrays, elements, type StoredType, storedTypes } from './format.js';

/** Where a tensor lies in the bytes behind the header, and what they are. */
export interface Entry {
  readonly name: string;
  readonly type: StoredType | ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their places, which follow one on another from 0 to the end of the file. */
  readonly entries: readonly Entry[];
  /** The bytes that it takes, its length among them. */
  readonly size: number;
}

/** Types of other writers, which are read as wider ones: halves as float32, small whole numbers as int32. */
const widened: Readonly<Record<string, ElementType>> = {
  F16: elementTypes.HalfStorage!,
  BF16: elementTypes.BFloat16Storage!,
  I16: elementTypes.ShortStorage!,
  I8: elementTypes.CharStorage!,
  U8: elementTypes.ByteStorage!,
  BOOL: elementTypes.BoolStorage!,
};
const readTypes = [...storedTypes, ...Object.keys(widened)];

type Refuse = (reason: string) => never;

const refusing =
  (name: string): Refuse =>
  (reason) => {
    throw new InputError(`${name} is not a whole safetensors file: ${reason}`);
  };

/** What the format's own reader refuses beyond: it is larger than any network's. */
const mostHeaderBytes = 100_000_000;

/**
 * The header of a file of `size` bytes that begins with `bytes`.
 * @param name of the file, for errors
 * @throws InputError where it is not what the format asks for: an object, tensors of whole numbers whose places cover the data
 *   without gap or overlap, and text as metadata
 */
export function readHeader(bytes: Uint8Array, size: number, name: string): Header {
  const refuse = refusing(name);
  const end = headerEnd(bytes, size, name);
  if (end > bytes.length) return refuse(`only ${bytes.length} bytes of its header were read`);
  const { __metadata__, ...rest } = jsonObject(bytes.subarray(8, end), refuse);
  const metadata = metadataOf(__metadata__, refuse);
  const entries = Object.entries(rest)
    .map(([path, entry]) => entryOf(path, entry, refuse))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireTiling(entries, size - end, refuse);
  return { metadata, entries, size: end };
}

/** How many bytes the header of a file takes, by its first eight. Throws as `readHeader`. */
export function headerEnd(bytes: Uint8Array, size: number, name: string): number {
  const refuse = refusing(name);
  if (bytes.length < 8) return refuse(`it has ${bytes.length} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(size - 8, mostHeaderBytes)))
    return refuse(`its header ends at ${8n + length} of ${size} bytes`);
  return 8 + Number(length);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonObject(bytes: Uint8Array, refuse: Refuse): Record<string, unknown> {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('its header is not JSON');
  }
  return isObject(found) ? found : refuse('its header is no object');
}

function metadataOf(found: unknown, refuse: Refuse): Readonly<Record<string, string>> {
  if (found === undefined) return {};
  const isText = isObject(found) && Object.values(found).every((one) => typeof one === 'string');
  return isText ? (found as Record<string, string>) : refuse('its metadata is not text by name');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && +value! >= 0;

function entryOf(name: string, found: unknown, refuse: Refuse): Entry {
  const { dtype, shape, data_offsets: place } = isObject(found) ? found : {};
  if (!Array.isArray(shape) || !Array.isArray(place))
    return refuse(`${name} has no shape or no place in it`);
  if (!shape.every(isCount))
    return refuse(`${name} has the shape ${JSON.stringify(shape)}: sizes are whole numbers`);
  const [begin, end] = place as [unknown, unknown];
  if (place.length !== 2 || !isCount(begin) || !isCount(end) || begin > end)
    return refuse(`${name} lies at ${JSON.stringify(place)}: that is no place in a file`);
  const type =
    storedTypes.find((known) => known === dtype) ??
    (typeof dtype === 'string' && Object.hasOwn(widened, dtype) ? widened[dtype] : undefined);
  if (!type)
    return refuse(
      `${name} is ${typeof dtype === 'string' ? dtype : JSON.stringify(dtype)}; ${readTypes.join(', ')} are read`,
    );
  const size =
    elements(shape) * (typeof type === 'string' ? arrays[type].BYTES_PER_ELEMENT : type.bytes);
  if (end - begin !== size)
    return refuse(`${name} has ${end - begin} bytes for the shape [${shape.join(', ')}]`);
  return { name, type, shape, begin, end };
}

/** Places follow one on another, so that no byte is of two tensors or of none. */
function requireTiling(entries: readonly Entry[], size: number, refuse: Refuse): void {
  let at = 0;
  let before = 'its header';
  for (const { name, begin, end } of entries) {
    if (end > size) refuse(`${name} ends at byte ${end} of ${size}`);
    if (begin < at) refuse(`${name} overlaps ${before}`);
    if (begin > at) refuse(`${begin - at} bytes between ${before} and ${name} are of no tensor`);
    at = end;
    before = name;
  }
  if (at < size) refuse(`${size - at} bytes behind ${before} are of no tensor`);
}
