import { appendLog } from '../runs/log.js';
import { openEventLog } from './tensorboard/event-log.js';

type Numbers = Readonly<Record<string, number | null>>;

/** What a run's folder is told of its training on the way. */
export interface Journal {
  step(done: number, loss: number | null, learningRate: number, seconds: number): Promise<void>;
  validation(done: number, scores: Numbers): Promise<void>;
  /** Waits until all of it is on the disk. */
  flush(): Promise<void>;
}

/** In the run's log and, where `tensorboard` is set, in an event file, after `begun` steps of earlier sessions. */
export async function openJournal(
  folder: string,
  tensorboard: boolean,
  begun: number,
): Promise<Journal> {
  const events = tensorboard ? await openEventLog(folder, begun) : null;
  return {
    async step(done, loss, learningRate, seconds) {
      await appendLog(folder, { step: done, loss, learningRate, seconds });
      events?.add(done, { loss, learningRate });
    },
    async validation(done, scores) {
      await appendLog(folder, { validation: { step: done, ...scores } });
      const named = Object.entries(scores).map(([name, value]) => [`validation/${name}`, value]);
      events?.add(done, Object.fromEntries(named));
    },
    flush: async () => events?.flush(),
  };
}
