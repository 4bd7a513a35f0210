import { duration } from './duration.js';
import type { PaceState } from './pace.js';

/** How much a line may hold; null: no terminal, and as much as it likes. */
export interface Room {
  readonly width: number | null;
}

const longestBar = 30;
const shortestBar = 5;

/**
 * A training's state in one line that is never wider than its room: the bar gets shorter first, then what matters least is
 * left out.
 */
export function progressLine(state: PaceState, { width }: Room): string {
  const { done, steps, loss, rate, left, memory } = state;
  // Beside a validation of the same step stands another loss: that of the validation.
  const over = width === null ? ' (smoothed)' : '';
  const facts = [
    loss !== null && `training loss ${loss.toFixed(4)}${over}`,
    left !== null && `${duration(left)} left`,
    rate !== null && `${rate.toFixed(rate < 1 ? 2 : 1)} steps/s`,
    `${(memory / 1e9).toFixed(2)} GB`,
  ].filter((fact) => fact !== false);
  if (width === null) return [`step ${done}/${steps}`, ...facts].join(', ');
  const count = `${done}/${steps}`;
  for (let kept = facts.length; kept >= 0; kept--) {
    const text = [count, ...facts.slice(0, kept)].join(' | ');
    const room = Math.min(longestBar, width - text.length - 1);
    if (room >= shortestBar) return `${barOf(done / steps, room)} ${text}`;
    if (text.length <= width) return text;
  }
  return count.slice(0, width);
}

/** How far a training is by a line without a bar; undefined of another line. */
export function stepsIn(
  line: string,
): { readonly done: number; readonly steps: number } | undefined {
  const [, done, steps] = /^step (\d+)\/(\d+), /.exec(line) ?? [];
  return done === undefined ? undefined : { done: Number(done), steps: Number(steps) };
}

function barOf(share: number, length: number): string {
  const full = Math.round(share * length);
  return '█'.repeat(full) + '░'.repeat(length - full);
}
