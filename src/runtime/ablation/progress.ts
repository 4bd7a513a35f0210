import { table } from '../reports/table.js';
import type { PlannedRun } from './ablation.js';
import type { RunWatcher } from './run-all.js';
import type { RunState } from './run-state.js';

export interface AblationProgress extends RunWatcher {
  stop(): void;
}

/**
 * How the runs come along: on a terminal a table that is drawn over itself, a line a variant; else a line for each
 * beginning and end.
 */
export const ablationProgress = (
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
  stream: NodeJS.WriteStream,
): AblationProgress =>
  stream.isTTY ? redrawn(runs, states, stream) : lineByLine(runs, states, stream);

const isDone = (state: RunState | undefined): boolean => state === 'done';

function lineByLine(
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
  stream: NodeJS.WriteStream,
): AblationProgress {
  let ended = runs.filter((run) => isDone(states.get(run))).length;
  if (ended > 0) stream.write(`${ended} of ${runs.length} runs are done already\n`);
  return {
    onStage: ({ name }, stage) => {
      stream.write(`${name}: ${stage}\n`);
    },
    onLine: () => {},
    onEnd({ name }, failure) {
      ended++;
      const how = failure ? `failed during ${failure.during}` : 'done';
      stream.write(`${name}: ${how} (${ended} of ${runs.length})\n`);
    },
    stop: () => {},
  };
}

function redrawn(
  runs: readonly PlannedRun[],
  states: ReadonlyMap<PlannedRun, RunState>,
  stream: NodeJS.WriteStream,
): AblationProgress {
  const said = new Map<PlannedRun, string>();
  const ended = new Map<PlannedRun, 'done' | 'failed'>();
  for (const run of runs) if (isDone(states.get(run))) ended.set(run, 'done');
  let drawn = 0;
  const draw = (): void => {
    const text = progressTable(runs, ended, said);
    const width = stream.columns || 100;
    const lines = text.split('\n').map((line) => line.slice(0, width - 1));
    const up = drawn > 0 ? `\u001b[${drawn}A` : '';
    stream.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}`);
    drawn = lines.length;
  };
  draw();
  return {
    onStage(run, stage) {
      said.set(run, stage);
      draw();
    },
    onLine(run, line) {
      said.set(run, line);
      draw();
    },
    onEnd(run, failure) {
      said.delete(run);
      ended.set(run, failure ? 'failed' : 'done');
      draw();
    },
    stop: () => {},
  };
}

/** A line a variant: how many of its runs are done, and what those on their way said last. */
export function progressTable(
  runs: readonly PlannedRun[],
  ended: ReadonlyMap<PlannedRun, 'done' | 'failed'>,
  said: ReadonlyMap<PlannedRun, string>,
): string {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const rows = variants.map((variant) => {
    const own = runs.filter((run) => run.variant === variant);
    const count = (how: 'done' | 'failed'): number =>
      own.filter((run) => ended.get(run) === how).length;
    const now = own.flatMap((run) => (said.has(run) ? [`${run.name}: ${said.get(run)}`] : []));
    const failed = count('failed');
    return [variant, `${count('done')}/${own.length}`, failed ? `${failed}` : '', now.join('; ')];
  });
  const header = ['variant', 'done', 'failed'];
  const left = table(
    header,
    rows.map((row) => row.slice(0, 3)),
  ).split('\n');
  return left.map((line, i) => `${line}  ${rows[i - 2]?.[3] ?? ''}`.trimEnd()).join('\n');
}
