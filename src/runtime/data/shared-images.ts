import { counted } from '../errors/counted.js';
import type { Dataset } from './dataset.js';
import type { Manifest, ManifestImage } from './manifest.js';
import { parts } from './sources/parts.js';

/**
 * What is said of images that are in two parts, by the content of their files: scores of one part are then flattered by the other.
 * Undefined where there are none. Slices of one volume are different images.
 */
export function sharedImages(dataset: Dataset, { images }: Manifest): string | undefined {
  const slices = new Map(
    parts.flatMap((part) => dataset[part].map(({ id, files }) => [`${part}/${id}`, files?.slice])),
  );
  const known = new Map<string, ManifestImage>();
  const pairs = images.flatMap((image): (readonly [ManifestImage, ManifestImage])[] => {
    const [file] = image.files;
    if (!file) return [];
    const content = `${file.sha256} ${slices.get(`${image.part}/${image.id}`) ?? 0}`;
    const first = known.get(content);
    if (!first) known.set(content, image);
    return first && first.part !== image.part ? [[first, image]] : [];
  });
  const [pair] = pairs;
  if (!pair) return undefined;
  const [one, other] = pair.map(({ id, part }) => `${id} of ${part}`);
  const others = pairs.length - 1;
  const more =
    others === 0 ? '' : `, and so ${others === 1 ? 'is' : 'are'} ${counted(others, 'other pair')}`;
  return `${one} and ${other} are the same image, to the byte${more}: scores would flatter the network; leave one of them out, or keep both in one part by data.split`;
}
