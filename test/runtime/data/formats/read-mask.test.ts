import { describe, expect, it } from 'vitest';
import { readMask } from '../../../../src/runtime/data/formats/read-mask.js';
import { testFolder } from '../folder.js';
import { npyOf, words } from './bytes.js';

const { write, draw } = testFolder();

describe('a mask of one class', () => {
  it('is what lies above one half of white', async () => {
    const path = await draw('x.png', 4, [0, 100, 128, 255]);
    expect([...(await readMask(path)).data]).toEqual([0, 0, 1, 1]);
  });

  it('is what is 1 where nothing is more', async () => {
    const path = await draw('x.png', 4, [0, 1, 0, 1]);
    expect([...(await readMask(path)).data]).toEqual([0, 1, 0, 1]);
  });

  it('is what is not 0 among measurements', async () => {
    const path = await write('x.npy', npyOf([1, 3], '<i2', words([0, 3, 7])));
    expect([...(await readMask(path)).data]).toEqual([0, 1, 1]);
  });
});

describe('a label map', () => {
  it('has the classes of its grey values, in the order of the labels', async () => {
    const path = await draw('x.png', 5, [0, 80, 160, 200, 80]);
    const labels = { disc: 160, cup: [80, 200] };
    expect([...(await readMask(path, labels)).data]).toEqual([0, 2, 1, 2, 2]);
  });

  it('has the classes of its colours', async () => {
    const colours = [0, 0, 0, 255, 0, 0, 255, 255, 255, 0, 128, 0];
    const path = await draw('x.png', 4, colours, 3);
    const labels = { a: '#FF0000', b: '#008000', background: ['#000000', '#ffffff'] };
    expect([...(await readMask(path, labels)).data]).toEqual([0, 1, 0, 2]);
  });

  it('takes equal values in three channels for grey', async () => {
    const path = await draw('x.png', 3, [0, 0, 0, 7, 7, 7, 0, 0, 0], 3);
    expect([...(await readMask(path, { a: 7 })).data]).toEqual([0, 1, 0]);
  });

  it('is refused with the value that no label names', async () => {
    const grey = await draw('x.png', 3, [0, 1, 9]);
    await expect(readMask(grey, { a: 1 })).rejects.toThrow(
      /x\.png has the value 9, which data\.labels/,
    );
    const colour = await draw('y.png', 1, [1, 2, 3], 3);
    await expect(readMask(colour, { a: 1 })).rejects.toThrow(/y\.png has the value #010203/);
  });
});
