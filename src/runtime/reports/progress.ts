import { SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, loss: number): void;
  stop(): void;
}

/** Seconds as `42s`, `3m 05s`, `1h 02m`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  if (hours > 0) return `${hours}h ${two(minutes)}m`;
  return minutes > 0 ? `${minutes}m ${two(whole % 60)}s` : `${whole}s`;
}

/**
 * The steps of a training with rate and time left, on standard error: a bar on a terminal, else a
 * line now and then.
 */
export function trainingProgress(steps: number, stream: NodeJS.WriteStream): Progress {
  const start = performance.now();
  const measures = (done: number): { rate: string; left: string } => {
    const seconds = (performance.now() - start) / 1000;
    return {
      rate: (done / seconds).toFixed(1),
      left: duration((seconds / Math.max(done, 1)) * (steps - done)),
    };
  };
  return stream.isTTY ? bar(steps, stream, measures) : lines(steps, stream, measures);
}

type Measures = (done: number) => { rate: string; left: string };

function bar(steps: number, stream: NodeJS.WriteStream, measures: Measures): Progress {
  const format = '{bar} {value}/{total} | loss {loss} | {rate} steps/s | {left} left';
  const single = new SingleBar({ format, stream, hideCursor: true, barsize: 30 });
  single.start(steps, 0, { loss: '-', rate: '-', left: '-' });
  return {
    update: (done, loss) => single.update(done, { loss: loss.toFixed(4), ...measures(done) }),
    stop: () => single.stop(),
  };
}

/** How often a log that nobody watches gets a line. */
const secondsBetweenLines = 10;

function lines(steps: number, stream: NodeJS.WriteStream, measures: Measures): Progress {
  let last = performance.now();
  return {
    update(done, loss) {
      const now = performance.now();
      if (now - last < secondsBetweenLines * 1000 && done < steps) return;
      last = now;
      const { rate, left } = measures(done);
      stream.write(
        `step ${done}/${steps}, loss ${loss.toFixed(4)}, ${rate} steps/s, ${left} left\n`,
      );
    },
    stop: () => {},
  };
}
