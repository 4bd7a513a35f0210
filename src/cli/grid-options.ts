import { type Command, InvalidArgumentError, Option } from 'commander';
import { memoryIn, timeIn, type WrittenResources } from '../runtime/ablation/resources.js';
import { type Place, places } from '../runtime/grid/grid.js';
import { parseWhole } from './size.js';

export interface GridOptions extends WrittenResources {
  readonly on: Place;
  readonly site?: string;
}

/** Where runs are done, and what each is given there. */
export const gridOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--on <place>', 'where the runs are done: here, or on a cluster')
        .choices(places)
        .default('local'),
    )
    .option('--site <file>', "with --on: the site's YAML file; else $NETC_SITE or netc-site.yaml")
    .option('--cpus <n>', 'with --on: CPUs of each run, and threads of its engine', parseWhole(1))
    .option('--gpus <n>', 'with --on: GPUs of each run', parseWhole(0))
    .option('--memory <amount>', 'with --on: memory of each run, such as 8G', memory)
    .option('--time <limit>', 'with --on: time of each run, as hours:minutes:seconds', time);

function memory(text: string): string {
  if (memoryIn(text) !== undefined) return text;
  throw new InvalidArgumentError('Write an amount with its unit, for example 8G or 2500M.');
}

function time(text: string): string {
  if (timeIn(text) !== undefined) return text;
  throw new InvalidArgumentError('Write hours:minutes:seconds, for example 08:00:00.');
}
