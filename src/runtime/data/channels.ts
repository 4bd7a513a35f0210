import type { ChannelFacts } from '../../compiler/diagnostics/messages/images.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';
import type { Entry } from './dataset.js';

type Known = Pick<Entry, 'id' | 'header'>;

/** How many images there are of each number of channels, and one of them, the most frequent first. */
function kindsOf(entries: readonly Known[]) {
  const kinds = new Map<number, { readonly images: number; readonly example: string }>();
  for (const { id, header } of entries) {
    if (!header) continue;
    const before = kinds.get(header.channels);
    kinds.set(header.channels, {
      images: (before?.images ?? 0) + 1,
      example: before?.example ?? id,
    });
  }
  return [...kinds]
    .map(([channels, kind]) => ({ channels, ...kind }))
    .sort((a, b) => b.images - a.images || a.channels - b.channels);
}

/** Steps that are of one channel or of red, green and blue. */
const colourSteps = ['gray', 'clahe'] as const;

/**
 * What keeps images from having one number of channels after the steps, by their headers: undefined where nothing
 * does. Grey images among coloured ones are told once, with counts, whatever their number.
 */
export function channelProblem(
  entries: readonly Known[],
  steps: PreprocessOptions,
): ChannelFacts | undefined {
  const kinds = kindsOf(entries);
  const step = colourSteps.find((name) => steps.some((one) => name in one));
  const odd = kinds.find(({ channels }) => channels !== 1 && channels !== 3);
  if (step && odd) {
    return { kind: 'colourStep', step, ...odd };
  }
  if (kinds.length < 2 || steps.some((one) => 'gray' in one)) return undefined;
  const areColours = kinds.every(({ channels }) => channels === 1 || channels === 3);
  return { kind: 'mixed', counts: kinds, areColours };
}

/** How many channels images have after the steps, by the first header that is known. */
export function channelsAfter(
  entries: readonly Known[],
  steps: PreprocessOptions,
): number | undefined {
  const header = entries.find(({ header }) => header)?.header;
  return header && steps.some((one) => 'gray' in one) ? 1 : header?.channels;
}
