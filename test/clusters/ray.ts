import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Where the programs of Ray are; `npm run test:ray` sets it. */
export const rayAt = process.env.NETC_TEST_RAY;

const address = 'http://127.0.0.1:8265';
const token = randomBytes(16).toString('hex');
/** For netc. */
export const rayEnv = { ...process.env, RAY_AUTH_TOKEN: token };
/** What the head answers. */
export const ask = (path: string): Promise<Response> =>
  fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });

/** A head of Ray with one node on this machine, by loopback alone. */
export interface Ray {
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startRay(cpus: number): Promise<Ray> {
  // Short, since sockets lie below it.
  const folder = await mkdtemp(join(tmpdir(), 'ray-'));
  let head = await startHead(folder, cpus);
  const end = async (): Promise<void> => {
    const ended = once(head, 'exit');
    head.kill('SIGTERM');
    await ended;
  };
  return {
    async restart() {
      await end();
      head = await startHead(folder, cpus);
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startHead(folder: string, cpus: number) {
  const log = join(folder, 'head.log');
  const out = openSync(log, 'a');
  // Workers own the ports from 10002 to 19999.
  const options = {
    'node-ip-address': '127.0.0.1',
    port: 6399,
    'ray-client-server-port': 9901,
    'dashboard-host': '127.0.0.1',
    'dashboard-port': 8265,
    'dashboard-agent-listen-port': 9965,
    'num-cpus': cpus,
    'object-store-memory': 100_000_000,
    'temp-dir': folder,
  };
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const head = spawn(
    join(rayAt!, 'ray'),
    ['start', '--head', '--block', '--disable-usage-stats', ...given],
    {
      stdio: ['ignore', out, out],
      env: {
        ...rayEnv,
        RAY_AUTH_MODE: 'token',
        PATH: `${rayAt}:${process.env.PATH}`,
        RAY_USAGE_STATS_ENABLED: '0',
        RAY_GRACEFUL_SHUTDOWN_DRAIN_TIMEOUT_S: '0',
        // Else the address of the network takes the place of the loopback's.
        RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
      },
    },
  );
  for (let tries = 0; tries < 600 && head.exitCode === null; tries++) {
    const isUp = await ask('/api/jobs/').then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return head;
    await setTimeout(100);
  }
  head.kill();
  throw new Error(`Ray does not come up: ${readFileSync(log, 'utf8').slice(-2000)}`);
}
