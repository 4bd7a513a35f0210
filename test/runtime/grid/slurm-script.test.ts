import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSite } from '../../../src/runtime/grid/site.js';
import { arrayScript, reportScript } from '../../../src/runtime/grid/slurm/script.js';

const site = openSite(undefined, '');
const resources = { cpus: 2, gpus: 1, memory: 3 * 2 ** 30, time: 3600 };
const runs = ['a-s1', 'b-s1'];
const job = { name: 'netc-1', key: 'k', runs, resources, atOnce: 4, logs: '/l', folder: 'runs' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-script-'));
  await mkdir(join(folder, 'runs/b-s1/checkpoints'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const startIn = (at: string) => ({
  folder: at,
  grid: '1',
  program: [join(folder, 'netc')],
  args: ['ablate', "it's.yaml"],
});

async function program(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/bash\n${text}\n`);
  await chmod(join(folder, name), 0o755);
}

const textOf = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');

/** Runs the script as Slurm runs its second task, with `netc` as a program that notes its arguments and then does `text`. */
async function start(text: string) {
  await program('netc', `echo "$@" "$NETC_GRID" "$NETC_THREADS" >> calls\n${text}`);
  await program('scontrol', 'echo "$@" >> scontrol-calls; exit 1');
  const script = arrayScript(job, startIn(folder), site);
  const child = spawn('bash', ['-c', script], {
    env: { PATH: `${folder}:${process.env.PATH}`, SLURM_ARRAY_TASK_ID: '1', SLURM_JOB_ID: '7' },
    stdio: 'ignore',
  });
  return { child, status: once(child, 'exit').then(([status]) => status as number) };
}

const last = 'runs/b-s1/checkpoints/last.safetensors';

async function begun(): Promise<void> {
  while ((await textOf('calls')) === '') await setTimeout(10);
}

describe('the script of an array', () => {
  it('says what each task is given', () => {
    const lines = arrayScript(job, startIn('/data/it is'), site).split('\n');
    for (const option of ['array=0-1%4', 'cpus-per-task=2', 'gpus=1', 'mem=3072M', 'requeue'])
      expect(lines).toContain(`#SBATCH --${option}`);
    expect(lines).toContain('#SBATCH --time=01:00:00');
    expect(lines).toContain("cd '/data/it is' || exit 3");
  });

  it("has a site's options, setup and container", () => {
    const own = {
      ...site,
      setup: ['module load cuda'],
      container: 'apptainer exec netc.sif',
      netc: 'netc',
      slurm: { ...site.slurm, account: 'lab', options: ['--comment=a b'] },
    };
    const lines = reportScript('netc-1-report', '/l', startIn('/d'), own).split('\n');
    expect(lines).toContain('#SBATCH --account=lab');
    expect(lines).toContain('#SBATCH "--comment=a b"');
    expect(lines).toContain('module load cuda');
    const line = "exec apptainer exec netc.sif netc ablate 'it'\\''s.yaml' --report-only";
    expect(lines).toContain(line);
  });

  it('does the run of its index, with its threads, and ends as it ends', async () => {
    expect(await (await start('exit 1')).status).toBe(1);
    expect(await textOf('calls')).toBe("ablate it's.yaml --only b-s1 1 2\n");
  });

  it('begins again what died by a signal, up to twice', async () => {
    expect(await (await start('[ $(wc -l < calls) = 2 ] || kill -9 $$')).status).toBe(0);
    expect((await textOf('calls')).split('\n')).toHaveLength(3);
    await rm(join(folder, 'calls'));
    expect(await (await start('kill -9 $$')).status).toBe(137);
    expect((await textOf('calls')).split('\n')).toHaveLength(4);
  });

  it('waits for the checkpoint and goes back to the queue before its time is over', async () => {
    const { child, status } = await start(
      `trap 'echo saved > ${last}; exit 143' TERM; sleep 5 & wait`,
    );
    await begun();
    await setTimeout(100);
    child.kill('SIGUSR1');
    expect(await status).toBe(143);
    expect(await textOf(last)).toBe('saved\n');
    expect(await textOf('scontrol-calls')).toBe('requeue 7\n');
    expect((await textOf('calls')).split('\n')).toHaveLength(2);
  });

  it('goes back to the queue no more where its time was too short to come any further', async () => {
    const { child, status } = await start("trap 'exit 143' TERM; sleep 5 & wait");
    await begun();
    await setTimeout(100);
    child.kill('SIGUSR1');
    expect(await status).toBe(143);
    expect(await textOf('scontrol-calls')).toBe('');
  });

  it('has its notice by the limit of the cluster too', () => {
    const unlimited = { ...job, resources: { ...resources, time: null } };
    const lines = arrayScript(unlimited, startIn('/d'), site).split('\n');
    expect(lines).toContain('#SBATCH --signal=B:USR1@120');
    expect(lines.join('\n')).not.toContain('#SBATCH --time');
  });

  it('begins nothing again that was asked to end', async () => {
    // Often, as bash loses the status of a process that ends just as the signal comes.
    for (let i = 0; i < 20; i++) {
      await rm(join(folder, 'calls'), { force: true });
      const { child, status } = await start("echo $$ > pid; trap 'exit 143' TERM; sleep 5 & wait");
      await begun();
      await setTimeout(30);
      const pid = Number(await textOf('pid'));
      // As a scheduler does, to the process itself too.
      child.kill('SIGTERM');
      process.kill(pid, 'SIGTERM');
      expect(await status).toBe(143);
      expect((await textOf('calls')).split('\n')).toHaveLength(2);
      expect(await textOf('scontrol-calls')).toBe('');
    }
  });
});
