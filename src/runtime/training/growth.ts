/** Over how many steps in a row a mean is taken: the loss of one batch says little. */
const span = 20;
const factor = 1000;

/** That a loss has grown a thousandfold. */
export interface Growth {
  readonly loss: number;
  /** The least mean of so many steps in a row. */
  readonly least: number;
}

/** Is given the loss of each step; answers once, when one is more than a thousand times the least mean so far. */
export function watchGrowth(): (loss: number) => Growth | null {
  let [sum, count, told] = [0, 0, false];
  let least = Number.POSITIVE_INFINITY;
  return (loss) => {
    if (!told && least > 0 && loss > factor * least) {
      told = true;
      return { loss, least };
    }
    sum += loss;
    if (++count === span) {
      least = Math.min(least, sum / span);
      [sum, count] = [0, 0];
    }
    return null;
  };
}

export const grownText = (done: number, { loss, least }: Growth): string =>
  `the loss is ${loss.toPrecision(3)} at step ${done}, more than a thousand times what it was (${least.toPrecision(3)}): training may diverge; lower learningRate, or limit the gradients by clip`;
