import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from '../../../../src/runtime/files/checksum.js';
import { openEventLog } from '../../../../src/runtime/training/tensorboard/event-log.js';
import { maskedCrc, recordOf } from '../../../../src/runtime/training/tensorboard/record.js';

describe('the checksum of records', () => {
  // The vectors of RFC 3720, appendix B.4.
  const vectors: [string, Uint8Array, number][] = [
    ['32 bytes of zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['32 rising bytes', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['32 falling bytes', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ];
  it.each(vectors)('is CRC-32C: %s', (_, bytes, crc) => expect(crc32c(bytes)).toBe(crc));

  it('is masked by a rotation and a sum', () => {
    const digits = new TextEncoder().encode('123456789');
    expect(crc32c(digits)).toBe(0xe3069283);
    // 0xe3069283 turned right by 15 bits is 0x2507c60d.
    expect(maskedCrc(digits)).toBe((0x2507c60d + 0xa282ead8) % 2 ** 32);
  });
});

describe('an event log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netc-events-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The events' bytes, each held to its two checksums. */
  async function events(): Promise<Uint8Array[]> {
    const [name] = await readdir(join(folder, 'tensorboard'));
    const bytes = await readFile(join(folder, 'tensorboard', name!));
    const found: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const data = bytes.subarray(at + 12, at + 12 + Number(bytes.readBigUInt64LE(at)));
      expect(Buffer.compare(recordOf(data), bytes.subarray(at, at + 16 + data.length))).toBe(0);
      found.push(Uint8Array.from(data));
      at += 16 + data.length;
    }
    return found;
  }

  it('begins with its version and holds each number under its name', async () => {
    const log = await openEventLog(folder, 0, () => 1);
    log.add(3, { loss: 0.5, rocAuc: null });
    await log.flush();
    const [version, scalars, ...more] = await events();
    expect(more).toEqual([]);
    expect(new TextDecoder().decode(version)).toContain('brain.Event:2');
    const time = [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
    const value = [0x0a, 4, ...new TextEncoder().encode('loss'), 0x15, 0, 0, 0, 0x3f];
    const summary = [0x2a, value.length + 2, 0x0a, value.length, ...value];
    expect([...scalars!]).toEqual([...time, 0x10, 3, ...summary]);
  });

  it('of a training that goes on makes what was written of later steps void', async () => {
    await openEventLog(folder, 7, () => 1);
    const [, start] = await events();
    expect([...start!.subarray(9)]).toEqual([0x10, 8, 0x3a, 2, 0x08, 1]);
  });
});
