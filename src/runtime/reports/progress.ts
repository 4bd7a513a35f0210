import { MultiBar } from 'cli-progress';
import { Pace } from './pace.js';
import { progressLine } from './progress-line.js';
import { ValidationTable, validationLine } from './validation-table.js';

/** What a person sees of a training while it runs. */
export interface Progress {
  /** After a step; `done` counts from 1. */
  update(done: number, loss: number): void;
  validated(done: number, scores: Readonly<Record<string, number | null>>, best: boolean): void;
  /** A line between the others. */
  note(line: string): void;
  stop(): void;
}

/**
 * The steps of a training, on standard error, with rate, time left, loss and memory, and each validation: on a terminal a
 * table of validations with a bar below, else a line now and then and one a validation.
 * @param done steps of an earlier session
 */
export function trainingProgress(
  steps: number,
  done: number,
  stream: NodeJS.WriteStream,
): Progress {
  const pace = new Pace(steps, done);
  return stream.isTTY ? bar(pace, stream) : lines(pace, stream);
}

/** A terminal that does not say how wide it is. */
const usualWidth = 80;

function bar(pace: Pace, stream: NodeJS.WriteStream): Progress {
  const width = (): number => stream.columns ?? usualWidth;
  const table = new ValidationTable(width);
  const bars = new MultiBar({
    stream,
    hideCursor: true,
    fps: 5,
    forceRedraw: true,
    gracefulExit: false,
    format: () => progressLine(pace.state(), { width: width() }),
  });
  const single = bars.create(pace.steps, pace.first);
  return {
    update(done, loss) {
      pace.update(done, loss);
      single.update(done);
    },
    validated(done, scores, best) {
      for (const line of table.rows(done, scores, best)) bars.log(`${line}\n`);
    },
    note: (line) => bars.log(`${line}\n`),
    stop() {
      // Rows that came since the last drawing would be lost.
      bars.update();
      bars.stop();
    },
  };
}

/** How often a log that nobody watches gets a line: so many seconds, and so many parts of the run at the least. */
const secondsBetweenLines = 10;
const parts = 10;

function lines(pace: Pace, stream: NodeJS.WriteStream): Progress {
  let last = performance.now();
  let lastDone = pace.first;
  return {
    update(done, loss) {
      pace.update(done, loss);
      const now = performance.now();
      const isDue = now - last >= secondsBetweenLines * 1000;
      const part = (step: number): number => Math.floor((parts * step) / pace.steps);
      if (!isDue && part(done) === part(lastDone)) return;
      last = now;
      lastDone = done;
      stream.write(`${progressLine(pace.state(), { width: null })}\n`);
    },
    validated(done, scores, best) {
      stream.write(`${validationLine(done, scores, best)}\n`);
    },
    note(line) {
      stream.write(`${line}\n`);
    },
    stop: () => {},
  };
}
