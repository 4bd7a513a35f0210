import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../../workers/serve.js';
import type { BatchOptions } from './batch-source.js';
import { openMaker } from './training-images.js';

const opening = openMaker(workerData as BatchOptions).then((make) => ({ make }));
serve(parentPort!, opening, { drops: true });
