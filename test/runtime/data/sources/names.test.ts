import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../folder.js';
import { numbers, opened, sizes, wrongWith } from './opened.js';

const { root, draw, write } = testFolder();
const all = { split: { kind: 'seed', seed: 1, train: null, validation: 0, test: 0 } };

describe('names of files', () => {
  it('that accents are composed in pair with those where they are not, and both can be opened', async () => {
    const [composed, decomposed] = [
      'Hépatique ü 1'.normalize('NFC'),
      'Hépatique ü 1'.normalize('NFD'),
    ];
    expect(composed).not.toBe(decomposed);
    await draw(`images/${decomposed}.png`, 1, [7]);
    await draw(`masks/${composed}.png`, 1, [255]);
    const { train } = await opened(root(), all);
    expect(train.map(({ id }) => id)).toEqual([composed]);
    const { image, mask } = await train[0]!.read();
    expect([...image.data, ...mask.data]).toEqual([7, 1]);
    const images = `images/${composed.slice(0, 5)}{id}.png`;
    expect(
      sizes(await opened(root(), { ...all, images, masks: images.replace('images', 'masks') })),
    ).toEqual([1, 0, 0, 0]);
  });

  it('may be in capitals, and ids may differ in case where nothing else fits', async () => {
    await write('images/IMG_01.JPG', '');
    await write('Masks/img_01.PNG', '');
    await write('images/a.JPG', '');
    await write('images/A.jpg', '');
    await write('Masks/a.png', '');
    const problems = await wrongWith(root(), all);
    expect(problems).toEqual(['images/A.jpg has no mask masks/A.*: add it or remove that file']);
    await write('Masks/A.png', '');
    // Two that differ in case alone would overwrite each other's results on some systems.
    expect((await wrongWith(root(), all)).join()).toMatch(/A\.jpg and .*a\.JPG have the same id/);
  });

  it('of what systems leave behind count for nothing', async () => {
    for (const id of numbers(3)) {
      await write(`images/${id}.png`, '');
      await write(`masks/${id}.png`, '');
      await write(`images/._${id}.png`, '');
      await write(`__MACOSX/images/${id}.png`, '');
      await write(`images/@eaDir/${id}.png`, '');
    }
    for (const name of ['images/Thumbs.db', 'masks/desktop.ini', 'images/.DS_Store', '.git/a.png'])
      await write(name, '');
    expect(sizes(await opened(root(), all))).toEqual([3, 0, 0, 0]);
    const anyEnding = { ...all, images: '**/images/{id}.png', masks: '**/masks/{id}.png' };
    expect(sizes(await opened(root(), anyEnding))).toEqual([3, 0, 0, 0]);
  });

  it('with the backslashes of a zip from Windows are folders', async () => {
    await draw('images\\1.png', 1, [7]);
    await draw('masks\\1.png', 1, [255]);
    const { train } = await opened(root(), all);
    expect([...(await train[0]!.read()).image.data]).toEqual([7]);
    expect(sizes(await opened(root(), { ...all, images: 'images\\{id}.png' }))).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'in linked folders are found, a ring of them once',
    async () => {
      await draw('store/a.png', 1, [7]);
      await draw('root/masks/a.png', 1, [255]);
      await symlink(join(root(), 'store'), join(root(), 'root/images'));
      await symlink(join(root(), 'root'), join(root(), 'root/again'));
      expect(sizes(await opened(join(root(), 'root'), all))).toEqual([1, 0, 0, 0]);
    },
  );
});
