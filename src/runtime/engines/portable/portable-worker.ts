import { parentPort, workerData } from 'node:worker_threads';
import type { Program } from '../../../compiler/ir/graph.js';
import { serve } from '../serve-session.js';
import { openSession } from './session.js';

serve(parentPort!, openSession(workerData as Program));
