import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What is written between two looks at the folder, as a share of the limit. */
const slack = 1 / 16;

/** Longer than any file takes to be written: what then still has its first name was left by a process that died. */
const hour = 3600 * 1000;

interface Kept {
  readonly path: string;
  readonly size: number;
  readonly used: number;
}

/** Keeps the files of a folder below a limit; what was used last stays. Several processes may share the folder. */
export class Shelf {
  /** Bytes that may be added before the folder has to be looked at. */
  private room = 0;

  constructor(
    private readonly folder: string,
    private readonly limit: number,
  ) {}

  /** Whether a file of so many bytes may be kept at all. */
  holds(bytes: number): boolean {
    return bytes <= this.limit * (1 - slack);
  }

  /** To be told of each file once it is there. */
  async added(bytes: number): Promise<void> {
    this.room -= bytes;
    if (this.room < 0) await this.trim();
  }

  private async trim(): Promise<void> {
    const kept = (await this.list()).toSorted((a, b) => b.used - a.used);
    const most = this.limit * (1 - slack);
    let total = 0;
    for (const { path, size } of kept) {
      if (total + size > most) await rm(path, { force: true });
      else total += size;
    }
    this.room = Math.min(this.limit - total, this.limit * slack);
  }

  private async list(): Promise<Kept[]> {
    const kept: Kept[] = [];
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      // Another process may have removed it since.
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) continue;
      const abandoned = name.startsWith('.') && Date.now() - found.mtimeMs > hour;
      if (abandoned) await rm(path, { force: true });
      else kept.push({ path, size: found.size, used: found.mtimeMs });
    }
    return kept;
  }
}
