import type { Dice } from '../compiler/format/dice.js';
import type { Kill, Moments } from './netc.js';

/**
 * A kill of one of `commands`, the first of which starts the others: one time in five of the first at any time of the `milliseconds` that
 * it takes, else of any at a moment of any of its phases, each phase as likely as another, however short it is.
 */
export function drawKill(
  dice: Dice,
  commands: readonly string[],
  moments: Moments,
  milliseconds: number,
): Kill {
  const signal = dice.chance(0.7) ? 'SIGKILL' : 'SIGTERM';
  const how = dice.pick(['before', 'amid', 'after'] as const);
  const command = dice.pick(commands);
  if (dice.chance(0.2)) {
    const delay = dice.below(milliseconds);
    return { command: commands[0]!, phase: 'clock', nth: 0, how, signal, delay };
  }
  const phases = [...moments].filter(([name]) => name.startsWith(`${command} `));
  const [name, count] = dice.pick(phases);
  const phase = name.slice(command.length + 1);
  // Short ones are likelier, and what a step takes is among them.
  const delay = Math.floor(dice.next() ** 3 * (command === 'ablate' ? milliseconds / 2 : 60));
  // A run that goes on has less before it than a whole one.
  const nth = 1 + Math.floor(dice.next() ** 1.5 * count);
  return { command, phase, nth, how, delay, signal };
}
