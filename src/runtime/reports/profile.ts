import type { BatchSource } from '../data/batches/batch-source.js';
import type { Engine } from '../engines/engine.js';

/** Where the time of a training goes, in seconds. */
export interface Times {
  /** From the first call of the engine to the end of the last one. */
  readonly wall: number;
  /** Inside calls of the engine. */
  readonly busy: number;
  readonly steps: number;
  /** Inside calls that train. */
  readonly training: number;
  /** Waiting for a batch while the engine had nothing to do. */
  readonly waiting: number;
}

/**
 * Measures what passes through it.
 * @param now seconds, from any beginning
 */
export class Profile {
  private begin: number | undefined;
  private last = 0;
  private running = 0;
  private sums = { busy: 0, steps: 0, training: 0, waiting: 0 };

  constructor(private readonly now: () => number = () => performance.now() / 1000) {}

  /** The same engine, its calls measured. */
  engine(engine: Engine): Engine {
    return {
      ...engine,
      call: async (fn, inputs) => {
        const start = this.now();
        this.begin ??= start;
        this.running++;
        try {
          return await engine.call(fn, inputs);
        } finally {
          this.running--;
          this.last = this.now();
          const took = this.last - start;
          this.sums.busy += took;
          if (fn === 'train') {
            this.sums.steps++;
            this.sums.training += took;
          }
        }
      },
    };
  }

  /** The same source, the waiting for it measured. */
  batches(source: BatchSource): BatchSource {
    return {
      close: () => source.close(),
      next: async (step) => {
        const start = this.now();
        const batch = await source.next(step);
        if (this.begin !== undefined && this.running === 0) {
          this.sums.waiting += this.now() - Math.max(start, this.last);
        }
        return batch;
      },
    };
  }

  times(): Times {
    return { wall: this.last - (this.begin ?? this.last), ...this.sums };
  }
}

/**
 * The profile as people read it.
 * @param memory the most bytes the process held
 */
export function printProfile(
  { wall, busy, steps, training, waiting }: Times,
  memory: number,
): string {
  const milliseconds = (seconds: number): string =>
    `${((1000 * seconds) / Math.max(steps, 1)).toFixed(1)} ms`;
  const rows = [
    [
      'engine busy',
      `${((100 * busy) / Math.max(wall, 1e-9)).toFixed(1)} % of ${wall.toFixed(1)} s`,
    ],
    ['a training step', `${milliseconds(training)} in the engine, mean of ${steps}`],
    ['wait for a batch', `${milliseconds(waiting)} a step`],
    ['peak memory', `${(memory / 1e9).toFixed(2)} GB`],
  ];
  return rows.map(([name, value]) => `${name!.padEnd(18)}${value}`).join('\n');
}
