import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where engines, images and datasets are kept, outside every checkout: two checkouts and a global netc share one build. */
export const cacheRoot = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'netc');
