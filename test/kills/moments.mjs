// Preloaded by `node --import`: counts the moments at which netc writes a file, asks its engine for something or starts a program,
// phase by phase, and sends the process a signal at the one that is asked for.
//
//   NETC_MOMENTS=file   gets a line for each moment: the process, the command and the phase
//   NETC_KILL=JSON      {command, phase, nth, how, delay, signal, told}: before, amid or after the nth moment of the phase; `told` is
//                       the file that is made when it comes to that
import childProcess from 'node:child_process';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread, Worker } from 'node:worker_threads';

const command = process.argv[2];
const list = process.env.NETC_MOMENTS;
const wanted = process.env.NETC_KILL ? JSON.parse(process.env.NETC_KILL) : undefined;
const counts = new Map();

const phasesByFile = [
  // A run's folder while it is made.
  ['start', /(^|\/)\.[^/]*\.[0-9a-f]{8}\//],
  ['checkpoint', /checkpoints/],
  ['map', /validation\/\d+/],
  ['log', /log\.jsonl|tensorboard/],
  ['record', /run\.json/],
  ['evaluation', /metrics\.json|scores|predictions|report\.html/],
];
const before = () => (counts.has('step') ? 'end' : 'start');
const phaseOfFile = (path) =>
  command === 'ablate'
    ? 'ablation'
    : (phasesByFile.find(([, form]) => form.test(String(path)))?.[0] ?? before());

const phasesByCall = {
  train: 'step',
  moments: 'moments',
  validate: 'validation',
  predict: command === 'evaluate' ? 'evaluation' : 'validation',
};
/** Of a message to a worker; a call `run` of the engine has the name of its function first. */
function phaseOfMessage({ call, args }) {
  if (call === 'run') return phasesByCall[args[0]] ?? before();
  if (call === 'read' || call === 'write') return counts.has('step') ? 'checkpoint' : 'start';
  return undefined;
}

/** Whether the process is to be ended at this moment. */
function isTime(phase) {
  if (phase === undefined) return false;
  const count = (counts.get(phase) ?? 0) + 1;
  counts.set(phase, count);
  if (list) appendFileSync(list, `${process.pid} ${command} ${phase}\n`);
  const isIt = wanted?.command === command && wanted.phase === phase && wanted.nth === count;
  // Of several programs that an ablation runs, one is ended.
  return isIt && !existsSync(wanted.told);
}

function end() {
  writeFileSync(wanted.told, '');
  process.kill(process.pid, wanted.signal);
}

const endSoon = () => setTimeout(end, wanted.delay);

/** `halved` gives what is written of it when the process is ended amid. */
const watched = (action, pathOf, halved) =>
  async function watchedAction(...args) {
    if (!isTime(phaseOfFile(pathOf(this, args)))) return action.apply(this, args);
    const isCut = wanted.how === 'amid' && wanted.signal === 'SIGKILL';
    if (isCut && halved) await action.apply(this, halved(args));
    if (wanted.how !== 'after') end();
    const result = await action.apply(this, args);
    if (wanted.how === 'after') end();
    return result;
  };

const half = (data) => data.slice(0, Math.floor(data.length / 2));

async function watchFiles() {
  const paths = new WeakMap();
  const { open } = promises;
  const own = await open(process.execPath);
  const handle = Object.getPrototypeOf(own);
  await own.close();
  const pathOfHandle = (self) => paths.get(self) ?? '';
  handle.writeFile = watched(handle.writeFile, pathOfHandle, ([data, ...rest]) => [
    half(data),
    ...rest,
  ]);
  handle.sync = watched(handle.sync, pathOfHandle);
  promises.open = async (path, ...rest) => {
    const file = await open(path, ...rest);
    paths.set(file, path);
    return file;
  };
  const first = (_, [path]) => path;
  for (const name of ['rename', 'link', 'rm', 'mkdir']) {
    // What is renamed is named after what it becomes.
    promises[name] = watched(promises[name], name === 'rename' ? (_, args) => args[1] : first);
  }
  for (const name of ['appendFile', 'writeFile']) {
    const part = ([path, data, ...rest]) => [path, half(data), ...rest];
    promises[name] = watched(promises[name], first, part);
  }
}

function watchWorkers() {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function post(message, ...rest) {
    const now = isTime(phaseOfMessage(message));
    if (now && wanted.how === 'before') end();
    const result = postMessage.call(this, message, ...rest);
    if (now && wanted.how === 'after') endSoon();
    if (now && wanted.how === 'amid') end();
    return result;
  };
}

function watchPrograms() {
  const { spawn } = childProcess;
  childProcess.spawn = (...args) => {
    const now = command === 'ablate' && isTime('ablation');
    const child = spawn(...args);
    if (now) endSoon();
    return child;
  };
}

if (isMainThread && command) {
  await watchFiles();
  watchWorkers();
  watchPrograms();
  syncBuiltinESMExports();
}
