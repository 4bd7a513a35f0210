import { parentPort, workerData } from 'node:worker_threads';
import type { BatchOptions } from './batch-source.js';
import { serve } from './serve.js';
import { openMaker } from './training-images.js';

serve(parentPort!, openMaker(workerData as BatchOptions));
