import { type Dataset, surveyDataset } from '../../../../src/runtime/data/dataset.js';
import { dataInFolder } from '../../../../src/runtime/data/in-folder.js';
import type { DataOptions } from '../../../../src/runtime/experiments/options/data.js';

/** The dataset in a folder that nobody describes but for `options`, as it is listed: what is in its files is not held against it. */
export async function opened(root: string, options: object = {}): Promise<Dataset> {
  const data = { ...(await dataInFolder(root)), ...options } as DataOptions;
  return (await surveyDataset(data)).dataset;
}

/** What is wrong with it, a sentence a line; empty where nothing is. */
export async function wrongWith(root: string, options: object = {}): Promise<string[]> {
  const error = await opened(root, options).catch((refusal: Error) => refusal);
  return error instanceof Error ? error.message.replaceAll(root, 'ROOT').split('\n') : [];
}

type Named = { readonly id: string; readonly group: string | null };

export const ids = (entries: readonly Named[]): string[] => entries.map(({ id }) => id);

/** `id of patient`. */
export const owned = (entries: readonly Named[]): string[] =>
  entries.map(({ id, group }) => `${id} of ${group}`);

/** How many images each part has: train, validation, test, without ground truth. */
export const sizes = ({ train, validation, test, unlabelled }: Dataset): number[] =>
  [train, validation, test, unlabelled].map(({ length }) => length);

/** `01`, `02` and so on. */
export const numbers = (count: number, first = 1): string[] =>
  Array.from({ length: count }, (_, i) => String(first + i).padStart(2, '0'));
