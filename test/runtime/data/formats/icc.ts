import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A colour profile that libvips brings. */
export async function profileOf(name: 'p3' | 'srgb'): Promise<Buffer> {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } });
  const { icc } = await sharp(await pixel.withIccProfile(name).png().toBuffer()).metadata();
  return icc!;
}

/** A profile of greys with a gamma of 2.2 (ICC.1:2001-04): a header, its white point and its curve. */
export function greyProfile(): Buffer {
  const tags = [
    ['wtpt', Buffer.from(`58595a2000000000${'0000f6d6'}${'00010000'}${'0000d32d'}`, 'hex')],
    ['kTRC', Buffer.from(`6375727600000000${'00000001'}${'0233'}0000`, 'hex')],
  ] as const;
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  let at = 128 + table.length;
  tags.forEach(([name, data], i) => {
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(data.length, 12 + 12 * i);
    at += data.length;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrGRAYXYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  header.write('0000f6d6000100000000d32d', 68, 'hex');
  return Buffer.concat([header, table, ...tags.map(([, data]) => data)]);
}

/** A PNG with a profile, its values as they were. */
export function withProfile(png: Buffer, icc: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from('iCCPx\0\0', 'latin1'), deflateSync(icc)]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length - 4, 0);
  check.writeUInt32BE(crc32(data), 0);
  // Behind the signature and the header.
  return Buffer.concat([png.subarray(0, 33), length, data, check, png.subarray(33)]);
}
