import type { Resources } from '../../ablation/resources.js';
import { shellWord } from '../shell.js';
import type { Site } from '../site.js';
import { type Start, startLine } from '../start.js';
import { tooShort } from '../too-short.js';

/** What an array of jobs is to do. */
export interface ArrayJob {
  readonly name: string;
  readonly key: string;
  /** By index. */
  readonly runs: readonly string[];
  readonly resources: Resources;
  /** How many run at once; null: as many as the cluster starts. */
  readonly atOnce: number | null;
  /** The folder of what its tasks print. */
  readonly logs: string;
  /** The folder of the runs. */
  readonly folder: string;
}

/** How often a task is begun again, from its checkpoint, after a signal that nobody asked for. */
const tries = 3;
/** How many seconds before the end of its time a task is told, to write a checkpoint. */
const notice = 120;

/**
 * The script of an array, a task a run. A task that dies by a signal is begun again where it is; one whose time is over goes back to the
 * queue with its checkpoint, where that is a new one, as one does that Slurm takes from a node.
 */
export function arrayScript(job: ArrayJob, start: Start, site: Site): string {
  const { runs, resources, logs, folder } = job;
  const throttle = job.atOnce === null ? '' : `%${job.atOnce}`;
  const header = [
    ...common(job.name, site),
    `--array=0-${runs.length - 1}${throttle}`,
    `--comment=${job.key}`,
    `--output=${logs}/%A_%a.log`,
    '--open-mode=append',
    '--requeue',
    `--cpus-per-task=${resources.cpus}`,
    `--mem=${Math.ceil(resources.memory / 2 ** 20)}M`,
    ...(resources.gpus > 0 ? [`--gpus=${resources.gpus}`] : []),
    ...(resources.time === null ? [] : [`--time=${slurmTime(resources.time)}`]),
    `--signal=B:USR1@${noticeOf(resources.time)}`,
    ...site.slurm.options,
  ];
  return [
    ...opening(header, start, site),
    `export NETC_THREADS=${resources.cpus}`,
    `runs=(${runs.map(shellWord).join(' ')})`,
    `run=\${runs[SLURM_ARRAY_TASK_ID]}`,
    '# How far the run is: the first bytes of its last checkpoint tell the step.',
    `reached() { (cd ${shellWord(folder)}/"$run" && head -c 1000000 checkpoints/last.safetensors report.html) 2>/dev/null | cksum; }`,
    'before=$(reached)',
    '# Waits for the end of the run, not for its status: bash loses that where a process ends just as a signal comes.',
    'until_gone() { while kill -0 "$!" 2>/dev/null; do wait "$!"; done; }',
    'trap \'trap "" TERM; until_gone; exit 143\' TERM',
    // Other than TERM, this signal comes to the script alone.
    'trap \'late=1; kill -TERM "$!"; until_gone\' USR1',
    `for try in ${Array.from({ length: tries }, (_, i) => i + 1).join(' ')}; do`,
    `  ${startLine([...start.args, '--only'], start, site)} "$run" &`,
    '  wait "$!"; status=$?',
    '  if [ -n "$late" ]; then',
    '    if [ "$(reached)" != "$before" ]; then scontrol requeue "$SLURM_JOB_ID" && sleep 60',
    `    else echo ${shellWord(tooShort)} >&2; fi`,
    '    exit 143',
    '  fi',
    '  if [ "$status" -le 128 ]; then break; fi',
    'done',
    'exit "$status"',
    '',
  ].join('\n');
}

/** The script of the job that writes the report when all arrays have ended. */
export function reportScript(name: string, logs: string, start: Start, site: Site): string {
  const header = [
    ...common(name, site),
    `--output=${logs}/report-%j.log`,
    '--cpus-per-task=1',
    '--mem=1024M',
    ...site.slurm.options,
  ];
  const line = startLine([...start.args, '--report-only'], start, site);
  return [...opening(header, start, site), `exec ${line}`, ''].join('\n');
}

function common(name: string, { slurm }: Site): string[] {
  const own = ['partition', 'account', 'qos', 'constraint'] as const;
  return [
    `--job-name=${name}`,
    ...own.flatMap((key) => (slurm[key] === null ? [] : [`--${key}=${slurm[key]}`])),
  ];
}

const opening = (header: readonly string[], { folder, grid }: Start, site: Site): string[] => [
  '#!/bin/bash',
  ...header.map((option) => `#SBATCH ${quoted(option)}`),
  ...site.setup,
  `cd ${shellWord(folder)} || exit 3`,
  `export NETC_GRID=${grid}`,
];

/** Words of a line of options may be quoted. */
const quoted = (option: string): string =>
  /[\s"'\\]/.test(option) ? `"${option.replaceAll(/["\\]/g, '\\$&')}"` : option;

const noticeOf = (time: number | null): number =>
  time === null ? notice : Math.min(notice, Math.floor(time / 2));

function slurmTime(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
}
