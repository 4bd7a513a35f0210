/** How many bytes a number takes as a base-128 varint. */
function sizeOfVarint(value: number): number {
  let size = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** How many bytes a field of `length` bytes takes with its tag, of a field numbered below 16, and its length. */
export const sizeOfField = (length: number): number => 1 + sizeOfVarint(length) + length;

/** Writes protobuf fields that carry their length, numbered below 16, into bytes of a size known before. */
export class MessageWriter {
  readonly bytes: Uint8Array;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  /** Tag and length of a field, whose `length` bytes are to follow. */
  begin(field: number, length: number): void {
    this.bytes[this.#at++] = (field << 3) | 2;
    let rest = length;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.bytes[this.#at++] = (rest & 127) | 128;
    this.bytes[this.#at++] = rest;
  }

  /** A text of ASCII characters. */
  text(field: number, text: string): void {
    this.begin(field, text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.#at++] = text.charCodeAt(i);
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}
