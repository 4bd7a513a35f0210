/** How far a training is. */
export interface PaceState {
  readonly done: number;
  readonly steps: number;
  /** Of training steps, each of its batch alone, smoothed; null before the first step. */
  readonly loss: number | null;
  /** Steps a second in this session; null before the first step. */
  readonly rate: number | null;
  /** Seconds; null before the first step. */
  readonly left: number | null;
  /** Bytes the process holds. */
  readonly memory: number;
}

/** Over about so many of the last steps the loss is smoothed. */
const memorySteps = 20;

/**
 * Follows a training that began this session with `first` steps done.
 * @param now seconds, from any beginning
 */
export class Pace {
  readonly #begin: number;
  #done: number;
  #loss: number | null = null;

  constructor(
    readonly steps: number,
    readonly first: number,
    private readonly now: () => number = () => performance.now() / 1000,
    private readonly memory: () => number = () => process.memoryUsage.rss(),
  ) {
    this.#begin = now();
    this.#done = first;
  }

  update(done: number, loss: number): void {
    this.#done = done;
    const weight = 1 / Math.min(memorySteps, done - this.first);
    this.#loss = this.#loss === null ? loss : this.#loss + weight * (loss - this.#loss);
  }

  state(): PaceState {
    const [done, steps] = [this.#done, this.steps];
    const seconds = this.now() - this.#begin;
    const rate = done > this.first && seconds > 0 ? (done - this.first) / seconds : null;
    const left = rate === null ? null : (steps - done) / rate;
    return { done, steps, loss: this.#loss, rate, left, memory: this.memory() };
  }
}
