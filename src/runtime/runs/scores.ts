import { InputError } from '../errors/errors.js';
import type { EvaluationOptions } from '../experiments/options/evaluation.js';
import { readJson } from '../files/disk.js';
import { hashFile } from '../files/hash.js';
import { runPath } from './layout.js';
import type { RunWeights, WeightName } from './weights-of-run.js';

/** Scores by name; null where a score is not defined. */
export type Scores = Readonly<Record<string, number | null | undefined>>;

/** What `metrics.json` holds, as far as every netc that wrote one has put it there. */
export interface Scored {
  readonly model: string;
  readonly threshold: number;
  readonly thresholdFrom?: 'fixed' | 'validation';
  /** The weights that were scored. */
  readonly weights?: WeightName;
  readonly checkpoint?: {
    readonly file: string;
    readonly step?: number | null;
    readonly sha256: string;
  };
  readonly images: number;
  /** Of what is scored, the same of the same images. */
  readonly data?: { readonly sha256?: string };
  /** The foreground's, where there are several. */
  readonly classes?: readonly { readonly name: string }[];
  readonly metrics: Scores;
  readonly mean: Scores;
  readonly imagesInMean?: Readonly<Record<string, number>>;
  /** Whether the images have no fields of view, and these were found in them. */
  readonly fieldsFound?: boolean;
  readonly perImage: readonly (Scores & { readonly id: string })[];
}

/** The scores in a folder; undefined where it has none. Throws `InputError` where they are damaged. */
export async function readScores(folder: string): Promise<Scored | undefined> {
  const path = runPath(folder, 'scores');
  const found = (await readJson(path)) as Partial<Scored> | null | undefined;
  if (found === undefined) return undefined;
  const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
  const { metrics, perImage } = found ?? {};
  const isWhole = isObject(metrics) && Array.isArray(perImage) && perImage.every(isObject);
  if (isWhole) return found as Scored;
  throw new InputError(`${path} is damaged: it holds no scores`);
}

/**
 * What the run's probabilities are held against: what the experiment fixes, or what `netc evaluate` chose for these weights.
 * Throws `InputError` where it was to choose and has not, or has chosen for other weights.
 */
export async function thresholdOfRun(
  folder: string,
  { threshold }: Pick<EvaluationOptions, 'threshold'>,
  weights: RunWeights,
): Promise<number> {
  if (threshold !== 'validation') return threshold;
  const scored = await readScores(folder);
  const given = 'give one by --threshold or --set evaluation.threshold';
  if (scored?.thresholdFrom !== 'validation') {
    throw new InputError(
      `the threshold of ${folder} is not chosen yet: run \`netc evaluate ${folder}\` first, or ${given}`,
    );
  }
  if (scored.checkpoint?.sha256 === (await hashFile(weights.path))) return scored.threshold;
  const again = `run \`netc evaluate ${folder}\` again, or ${given}`;
  const way = scored.weights === weights.name ? again : given;
  throw new InputError(
    `the threshold of ${folder} was chosen for other weights than ${weights.path}: ${way}`,
  );
}
