/** A picture as it is stored, before its values are brought to one scale. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 or 3; transparency is dropped. */
  readonly channels: number;
  readonly data: Float32Array;
  /** The value of white; null where values are measurements, such as Hounsfield units. */
  readonly white: number | null;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** How many pictures lie behind each other: more than 1 in a volume. */
  readonly slices: number;
}

/** A file to read from; compression by gzip is undone. */
export interface Source {
  readonly path: string;
  /** Its first bytes, 64 KB at most. */
  readonly head: Buffer;
  bytes(): Promise<Buffer>;
}

/** One way of storing pictures. Its functions throw any `Error` with the reason where a file is damaged. */
export interface Format {
  /** Whether a file that begins with `head` is one. */
  readonly recognises: (head: Buffer) => boolean;
  readonly sizeOf: (source: Source) => Promise<PictureSize>;
  /** @param slice from 0; always 0 where the file is no volume. */
  readonly decode: (source: Source, slice: number) => Promise<Pixels>;
}

/** Throws where a file ends before `wanted` bytes. */
export function requireBytes(bytes: Buffer, wanted: number): void {
  if (bytes.length >= wanted) return;
  throw new Error(`it ends after ${bytes.length} of ${wanted} bytes`);
}

/** Three of four channels: transparency is dropped. */
export function withoutAlpha(data: ArrayLike<number>): Float32Array {
  const kept = new Float32Array((data.length / 4) * 3);
  for (let i = 0; i < kept.length; i++) kept[i] = data[Math.floor(i / 3) * 4 + (i % 3)];
  return kept;
}
