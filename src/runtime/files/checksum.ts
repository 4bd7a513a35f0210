/** A cyclic redundancy check of 32 bits, by its reflected polynomial, a byte at a time. */
function checksumBy(polynomial: number): (bytes: Uint8Array) => number {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
  });
  return (bytes) => {
    let crc = -1;
    for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
    return (crc ^ -1) >>> 0;
  };
}

/** That of zip files (PKWARE's APPNOTE 6.3, 4.4.7); `zlib.crc32` is missing before Node 20.15. */
export const crc32 = checksumBy(0xedb88320);

/** CRC-32C (Castagnoli): RFC 3720, appendix B.4. */
export const crc32c = checksumBy(0x82f63b78);
