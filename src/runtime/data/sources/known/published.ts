import type { Listed } from '../files.js';
import type { PartTexts } from '../parts.js';

/** A published dataset as it is unpacked, wherever below the root its folders lie. */
export interface PublishedDataset {
  /** As messages call it. */
  readonly name: string;
  readonly classes: readonly string[];
  /** A path by which it is known where nobody names it. */
  readonly mark: RegExp;
  readonly parts: (files: readonly Listed[]) => readonly PartTexts[];
  /** A regular expression of its ids; any name where left out. */
  readonly id?: string;
  /** Files that are neither image nor mask, whatever patterns say. */
  readonly ignored?: RegExp;
  readonly patient?: RegExp;
  /** The folders or names it must have, for messages. */
  readonly wanted: string;
}
