import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { DiagnosedError } from '../errors/errors.js';
import { isFolder } from '../files/disk.js';
import { notThere } from '../files/missing.js';
import { readText } from '../files/source-reader.js';
import { checkpointPath } from '../runs/checkpoint.js';
import { loadWeightMap, type WeightMap } from './map.js';

/** The checkpoint of a run's folder; any other path is itself. */
export async function weightsFile(from: string): Promise<string> {
  return (await isFolder(from)) ? checkpointPath(from) : from;
}

/** Throws `InputError` where there is no file, `DiagnosedError` with the mistakes of the map. */
export function readWeightMap(path: string): WeightMap {
  const text = readText(path);
  if (text === undefined) throw notThere(path, 'name a map of weights');
  const diagnostics = new Diagnostics();
  const map = loadWeightMap({ path, text }, diagnostics);
  if (!map) throw new DiagnosedError(diagnostics.all());
  return map;
}
