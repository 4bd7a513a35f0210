/**
 * The packages that an installation of netc may hold, by the lock file: those of every platform, none that only its
 * development needs. Two of one name and version are one.
 * @returns {{name: string, version: string, licence: string, folder: string, isBound: boolean}[]} `isBound`: of some
 *   platforms only, so that it is not on every machine
 */
export function productionPackages(lock) {
  const byId = new Map();
  for (const [folder, entry] of Object.entries(lock.packages)) {
    if (folder === '' || entry.dev) continue;
    const name =
      entry.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { version, license: licence = 'unknown' } = entry;
    const isBound = entry.os !== undefined || entry.cpu !== undefined;
    const id = `${name}@${version}`;
    if (!byId.has(id)) byId.set(id, { name, version, licence, folder, isBound });
  }
  return [...byId.values()].sort((a, b) => order(a.name, b.name) || order(a.version, b.version));
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
