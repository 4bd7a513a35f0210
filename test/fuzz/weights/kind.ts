import type { Dice } from '../../compiler/format/dice.js';
import type { Case } from '../subject.js';

/** One sort of file among those that weights lie in and beside. */
export interface Kind {
  /** Of a hundred cases. */
  readonly share: number;
  draw(dice: Dice): Case;
  /** What came of it. Throws what reading threw, or where something damaged was taken for whole. */
  attempt(item: Case): Promise<string>;
}
