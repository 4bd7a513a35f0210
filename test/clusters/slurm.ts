import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const path = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Whether Slurm is installed, with what its controller and its node need: Debian's slurm-wlm and munge. */
export const hasSlurm = ['slurmctld', 'slurmd', 'sbatch', 'munged'].every(
  (name) => spawnSync('which', [name], { env: { PATH: path } }).status === 0,
);

/** Slurm with one node on this machine, by loopback alone: started here, and gone with `stop`. */
export interface Cluster {
  /** For the commands of Slurm, and for netc. */
  readonly env: NodeJS.ProcessEnv;
  /** What a command of Slurm prints. */
  readonly run: (command: string, ...args: string[]) => string;
  /** Ends the controller and starts it again. */
  readonly restartController: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startCluster(cpus: number): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'netc-slurm-'));
  const env = { ...process.env, PATH: path, SLURM_CONF: join(folder, 'slurm.conf') };
  const daemons = new Map<string, ChildProcess>();
  const start = (name: string, ...args: string[]): void => {
    const log = openSync(join(folder, `${name}.out`), 'a');
    daemons.set(name, spawn(name, args, { env, stdio: ['ignore', log, log] }));
  };
  const end = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    const child = daemons.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const run = (command: string, ...args: string[]): string =>
    spawnSync(command, args, { env, encoding: 'utf8', timeout: 20_000 }).stdout;
  const isUp = (): boolean => run('sinfo', '-h', '-o', '%T').trim().length > 0;

  for (const name of ['state', 'spool']) await mkdir(join(folder, name));
  await startMunge(folder, start);
  await writeFile(env.SLURM_CONF, configuration(folder, await freePorts(2), cpus));
  start('slurmctld', '-D');
  start('slurmd', '-D');
  await until(() => run('sinfo', '-h', '-o', '%T').trim() === 'idle');
  return {
    env,
    run,
    async restartController() {
      // Killed, it would forget the tasks that it began in the last five seconds, and take their node for faulty.
      await end('slurmctld', 'SIGTERM');
      start('slurmctld', '-D');
      await until(isUp);
    },
    async stop() {
      run('scancel', '--me');
      await until(() => run('squeue', '-h').trim() === '').catch(() => {});
      for (const name of ['slurmd', 'slurmctld', 'munged']) await end(name, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A key and a socket of its own, so that the machine's munge is not needed. */
async function startMunge(
  folder: string,
  start: (name: string, ...args: string[]) => void,
): Promise<void> {
  const at = (name: string): string => join(folder, name);
  await mkdir(at('key'), { mode: 0o700 });
  await writeFile(at('key/key'), randomBytes(1024), { mode: 0o600 });
  const files = {
    'key-file': 'key/key',
    'seed-file': 'key/seed',
    socket: 'munge.socket',
    'pid-file': 'munged.pid',
    'log-file': 'munged.log',
  };
  // The folder of the socket is to be open to all who use it, and nobody else writes to it.
  spawnSync('chmod', ['755', folder]);
  const options = Object.entries(files).map(([name, file]) => `--${name}=${at(file)}`);
  start('munged', '-F', ...options);
  await until(() => spawnSync('munge', ['-n', '-S', at('munge.socket')]).status === 0);
}

const configuration = (folder: string, [controller, node]: number[], cpus: number): string => `
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
SlurmUser=${userInfo().username}
SlurmdUser=${userInfo().username}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=10
NodeName=localhost NodeAddr=127.0.0.1 CPUs=${cpus} RealMemory=16000
PartitionName=main Nodes=ALL Default=YES State=UP
`;

/** Ports of this machine that nobody listens on now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  for (const server of servers) server.close();
  return ports;
}

/** Waits until `condition` holds, at most 20 s. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('Slurm does not come up');
    await setTimeout(50);
  }
}
