import type { Affine } from './affine.js';

/** A picture as it is stored, before its values are brought to one scale. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** As many as the file has, without its transparency. */
  readonly channels: number;
  readonly data: Float32Array;
  /** The value of white; null where values are measurements, such as Hounsfield units. */
  readonly white: number | null;
  /** Transparency, a value a pixel from 0 to that of white; absent where the file has none. */
  readonly alpha?: Float32Array;
  /** How many of the stored numbers 32 bits of floating point cannot hold, as whole numbers above 2^24; absent: none. */
  readonly rounded?: number;
  /** Whether the file's compression changes values a little, as JPEG does. */
  readonly lossy?: boolean;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** How many pictures lie behind each other: more than 1 in a volume, and in a file of several pages or frames. */
  readonly slices: number;
}

/** What a file's header says of it. */
export interface Header extends PictureSize {
  /** Without transparency. */
  readonly channels: number;
  /** Where the file says how its axes lie in the patient; null where it does not. */
  readonly affine: Affine | null;
}

/** A file to read from; compression by gzip is undone. */
export interface Source {
  readonly path: string;
  /** Whether it is compressed by gzip. */
  readonly isPacked: boolean;
  /** Its first bytes, 64 KB at most. */
  readonly head: Buffer;
  /** `length` bytes from `at` on, fewer at its end. */
  piece(at: number, length: number): Promise<Buffer>;
  bytes(): Promise<Buffer>;
}

/** One way of storing pictures. Its functions throw any `Error` with the reason where a file is damaged. */
export interface Format {
  /** Whether a file that begins with `head` is one. */
  readonly recognises: (head: Buffer) => boolean;
  readonly headerOf: (source: Source) => Promise<Header>;
  /** @param slice from 0; always 0 where the file is no volume. */
  readonly decode: (source: Source, slice: number) => Promise<Pixels>;
}

/** Throws where a file ends before `wanted` bytes. */
export function requireBytes(bytes: Buffer, wanted: number): void {
  if (bytes.length >= wanted) return;
  throw new Error(`it ends after ${bytes.length} of ${wanted} bytes`);
}
