import { InputError } from '../../../src/runtime/errors/errors.js';
import type { Case, Subject } from '../subject.js';
import type { Kind } from './kind.js';
import { openRunFiles } from './run-files.js';
import { openSafetensors } from './safetensors.js';
import { openTorch } from './torch.js';

interface WeightsCase extends Case {
  readonly kind: Kind;
}

/** Files of weights and of a run's folder through all that reads them: whole, or refused as the input's fault. */
export async function openWeights(folder: string): Promise<Subject> {
  const kinds = [openSafetensors(), await openTorch(folder), await openRunFiles(folder)];
  const drawn = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  return {
    draw(dice): WeightsCase {
      const kind = dice.pick(drawn);
      return { ...kind.draw(dice), kind };
    },
    async attempt(item) {
      try {
        return await (item as WeightsCase).kind.attempt(item);
      } catch (error) {
        if (error instanceof InputError) return 'refused';
        throw error;
      }
    },
  };
}
