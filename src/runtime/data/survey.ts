import type { MaskOptions } from '../experiments/options/data.js';
import type { Entry, EntryFiles, ListedImage } from './dataset.js';
import { type Headers, Look } from './look.js';
import type { Decision } from './masks/decide.js';
import { type MaskRules, readSample } from './sources/read-entry.js';
import type { Source } from './sources/source.js';

/**
 * Looks at every file of a dataset once: headers, and the values of masks, which are kept in the user's cache. Sizes, depths
 * and directions of an image's files are held to each other, and all masks, and all fields of view, to one rule; what `bound`
 * gives of an entry reads by it.
 */
export async function survey(source: Source, root: string, options: MaskOptions) {
  const entries = [source.train, source.validation, source.test, source.unassigned].flat();
  const look = new Look();
  if (Object.hasOwn(options.labels ?? {}, 'ignore')) {
    look.problems.push(
      'data.labels has a class named ignore, which would be learnt and scored: write its values as `ignore` beside `labels`',
    );
  }
  const files = entries.map(({ files }) => files).filter((files) => files !== null);
  const [masks, fovs] = [unique(files.flatMap((one) => one.masks)), unique(files.flatMap(fovsOf))];
  const headers = await look.headers(
    root,
    unique([...files.map(({ image }) => image), ...masks, ...fovs]),
  );
  look.compare(firstSlices(files), headers);
  const rules = {
    masks: await look.decide(root, masks, options, 'masks'),
    fov: await look.decide(root, fovs, { labels: null, ignore: null }, 'fields of view'),
  };
  return { bound: boundTo(rules, options, headers), report: look.report() };
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)];
const fovsOf = ({ fov }: EntryFiles): string[] => (fov === null ? [] : [fov]);
const firstSlices = (files: readonly EntryFiles[]): EntryFiles[] => [
  ...new Map(files.map((one) => [one.image, one])).values(),
];

/** Entries that read by the dataset's rules; as they are where there are none. */
function boundTo(
  { masks, fov }: { readonly masks: Decision; readonly fov: Decision },
  options: MaskOptions,
  headers: Headers,
): (image: ListedImage) => Entry {
  const rules: MaskRules | undefined = masks.rule && { masks: masks.rule, fov: fov.rule };
  const reading = JSON.stringify([masks.rule ?? null, fov.rule ?? null]);
  return ({ id, group, files }) => {
    if (files === null) throw new Error(`${id} has no files`);
    const header = headers.get(files.image);
    const empty = files.masks.every((path) => masks.empty.has(path));
    const read = () => readSample(id, files, options, rules);
    return { id, group, files, reading, read, empty, ...(header && { header }) };
  };
}
