import { parentPort, workerData } from 'node:worker_threads';
import { parse } from '../../../compiler/ir/parse.js';
import { serveSession } from '../worker-engine.js';
import type { ProgramText } from './client.js';
import { openSession } from './session.js';

const { functions, ...program } = workerData as ProgramText;
const graphs = Object.entries(functions).map(([name, text]) => [name, parse(text)]);
serveSession(parentPort!, openSession({ ...program, functions: Object.fromEntries(graphs) }));
