import { visible } from '../../../compiler/diagnostics/visible.js';
import type { PlannedRun } from '../../ablation/ablation.js';
import type { RunWatcher } from '../../ablation/one-run.js';
import type { RunState } from '../../ablation/run-state.js';
import { duration } from '../duration.js';
import { table } from '../table.js';
import { TimeLeft } from './time-left.js';

/** How many characters a terminal has in a line that does not say it. */
const usualWidth = 100;

/**
 * How the runs come along: on a terminal a table that is drawn over itself, a line a variant, with what the runs on their
 * way said last; else every line they write, with the run it is of.
 */
export const ablationProgress = (
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
  stream: NodeJS.WriteStream,
): RunWatcher => (stream.isTTY ? redrawn(runs, states, stream) : lineByLine(runs, states, stream));

const timeLeftOf = (
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
): TimeLeft => new TimeLeft(runs.filter((run) => states.get(run) !== 'done'));

function lineByLine(
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
  stream: NodeJS.WriteStream,
): RunWatcher {
  const timeLeft = timeLeftOf(runs, states);
  let ended = runs.filter((run) => states.get(run) === 'done').length;
  if (ended > 0) stream.write(`${ended} of ${runs.length} runs are done already\n`);
  const write = (run: PlannedRun, text: string): void => {
    stream.write(`${visible(`${labelOf(run, runs)}: ${text}`)}\n`);
  };
  return {
    onStage: write,
    onLine(run, line) {
      write(run, timeLeft.read(run, line) ? line + allLeft(timeLeft) : line);
    },
    onEnd(run, failure) {
      ended++;
      timeLeft.ended(run);
      const how = failure ? `failed during ${failure.during}` : 'done';
      write(run, `${how} (${ended} of ${runs.length})`);
    },
  };
}

const labelOf = (run: PlannedRun, runs: readonly PlannedRun[]): string =>
  `run ${runs.indexOf(run) + 1} of ${runs.length}, ${run.name}`;

function allLeft(timeLeft: TimeLeft): string {
  const seconds = timeLeft.seconds();
  return seconds === null ? '' : `; all runs: about ${duration(seconds)} left`;
}

function redrawn(
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
  stream: NodeJS.WriteStream,
): RunWatcher {
  const timeLeft = timeLeftOf(runs, states);
  const said = new Map<PlannedRun, Said>();
  const ended = new Map<PlannedRun, 'done' | 'failed'>();
  for (const run of runs) if (states.get(run) === 'done') ended.set(run, 'done');
  let drawn = 0;
  const draw = (): void => {
    const width = stream.columns || usualWidth;
    const text = progressTable(runs, ended, said) + allLeft(timeLeft);
    const lines = text.split('\n').map((line) => visible(line).slice(0, width - 1));
    const up = drawn > 0 ? `\u001b[${drawn}A` : '';
    // What was drawn before may have had more lines.
    stream.write(`${up}\u001b[0J${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  draw();
  return {
    onStage(run, stage) {
      said.set(run, { now: stage, validation: '' });
      draw();
    },
    onLine(run, line) {
      timeLeft.read(run, line);
      const { now = '', validation = '' } = said.get(run) ?? {};
      const isValidation = line.startsWith('validation ');
      said.set(run, isValidation ? { now, validation: line } : { now: line, validation });
      draw();
    },
    onEnd(run, failure) {
      said.delete(run);
      ended.set(run, failure ? 'failed' : 'done');
      timeLeft.ended(run);
      draw();
    },
  };
}

/** The last words of a run on its way. */
export interface Said {
  readonly now: string;
  /** Its last validation; empty before the first. */
  readonly validation: string;
}

/** A line a variant: how many of its runs are done; then the runs on their way, and how many are done of all. */
export function progressTable(
  runs: readonly PlannedRun[],
  ended: ReadonlyMap<PlannedRun, 'done' | 'failed'>,
  said: ReadonlyMap<PlannedRun, Said>,
): string {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const rows = variants.map((variant) => {
    const own = runs.filter((run) => run.variant === variant);
    const count = (how: 'done' | 'failed'): number =>
      own.filter((run) => ended.get(run) === how).length;
    const failed = count('failed');
    return [variant, `${count('done')}/${own.length}`, failed ? `${failed}` : ''];
  });
  const onTheirWay = [...said].flatMap(([run, { now, validation }]) => [
    `${labelOf(run, runs)}: ${now}`,
    ...(validation === '' ? [] : [`  ${validation}`]),
  ]);
  const all = `${ended.size} of ${runs.length} runs ended`;
  return [table(['variant', 'done', 'failed'], rows), ...onTheirWay, all].join('\n');
}
