import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appendTo, writeError } from '../../files/disk.js';
import { runPath } from '../../runs/layout.js';
import { type Event, encodeEvent, sessionStart } from './event.js';
import { recordOf } from './record.js';

/** Seconds that events may wait for the disk. */
const patience = 2;

/** Curves for TensorBoard. */
export interface EventLog {
  /** Numbers by their names, of a step; what is no number is left out. */
  add(step: number, scalars: Readonly<Record<string, number | null>>): void;
  /** Waits until all that was added is on the disk. */
  flush(): Promise<void>;
}

/**
 * A new event file in the run's folder. Where training goes on after `done` steps, TensorBoard forgets what earlier files
 * have of later steps.
 */
export async function openEventLog(
  folder: string,
  done: number,
  now: () => number = () => Date.now() / 1000,
): Promise<EventLog> {
  const begin = now();
  const name = `events.out.tfevents.${begin.toFixed(3)}.netc`;
  const path = join(runPath(folder, 'tensorboard'), name);
  await mkdir(runPath(folder, 'tensorboard'), { recursive: true }).catch((error) => {
    throw writeError(path, error);
  });
  let waiting: Uint8Array[] = [];
  let flushed = begin;
  let writing = Promise.resolve();

  const write = (event: Omit<Event, 'wallTime'>): void => {
    waiting.push(recordOf(encodeEvent({ wallTime: now(), ...event })));
  };
  const flush = (): Promise<void> => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    flushed = now();
    writing = writing.then(() => appendTo(path, bytes));
    return writing;
  };
  write({ step: 0, fileVersion: 'brain.Event:2' });
  if (done > 0) write({ step: done + 1, sessionLog: { status: sessionStart } });
  await flush();
  return {
    add(step, scalars) {
      const value = Object.entries(scalars)
        .filter((entry): entry is [string, number] => entry[1] !== null)
        .map(([tag, simpleValue]) => ({ tag, simpleValue }));
      write({ step, summary: { value } });
      // A disk that is full is told by the next flush that is waited for.
      if (now() - flushed > patience) flush().catch(() => {});
    },
    flush,
  };
}
