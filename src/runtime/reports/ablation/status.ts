import type { RunStatus } from '../../grid/status.js';
import { table } from '../table.js';

const states = ['done', 'running', 'queued', 'failed', 'ended', 'to do'] as const;

/** How many runs there are of each state. */
export const statusCounts = (runs: readonly RunStatus[]): Record<RunStatus['state'], number> => {
  const count = (state: RunStatus['state']): number =>
    runs.filter((run) => run.state === state).length;
  return Object.fromEntries(states.map((state) => [state, count(state)])) as ReturnType<
    typeof statusCounts
  >;
};

/** A line a run, and how many runs there are of each state. */
export function statusTable(runs: readonly RunStatus[]): string {
  const rows = runs.map((run) => [
    run.run,
    run.state,
    run.step > 0 || run.state === 'running' ? `${run.step}/${run.steps}` : '',
    run.rate === null ? '' : `${run.rate.toPrecision(2)} steps/s`,
    run.job ?? '',
  ]);
  const told = table(['run', 'state', 'step', 'rate', 'job'], rows).split('\n');
  // A reason is as long as it is, and so stands outside of the columns.
  const lines = told.map((line, i) => {
    const reason = runs[i - 2]?.reason;
    return reason ? `${line}  ${reason}` : line;
  });
  const counts = statusCounts(runs);
  const parts = states.filter((state) => counts[state] > 0);
  return [...lines, parts.map((state) => `${counts[state]} ${state}`).join(', ')].join('\n');
}
