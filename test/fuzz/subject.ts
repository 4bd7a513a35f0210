import type { Dice } from '../compiler/format/dice.js';

/** Something to try. */
export interface Case {
  /** What it is saved as: `case.net`. */
  readonly name: string;
  readonly bytes: string | Uint8Array;
  /** What it was made from, and how. */
  readonly what: string;
}

/** A part of netc that reads what strangers write. */
export interface Subject {
  draw(dice: Dice): Case;
  /**
   * What came of it, in few words that are counted. Throws where netc threw what it does not mean to, or took something damaged
   * for whole.
   */
  attempt(item: Case): string | Promise<string>;
}

/** Opens the subject; `folder` is for its files. */
export type Open = (folder: string) => Promise<Subject>;
