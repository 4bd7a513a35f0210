import { parentPort, workerData } from 'node:worker_threads';
import type { Program } from '../../../compiler/ir/graph.js';
import { serveSession } from '../worker-engine.js';
import { openSession } from './session.js';

serveSession(parentPort!, openSession(workerData as Program));
