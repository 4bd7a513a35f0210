import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { DiagnosedError } from '../errors/errors.js';
import { missing } from '../files/missing.js';
import { readText } from '../files/text.js';
import { loadWeightMap, type WeightMap } from './map.js';

/** Throws `InputError` where there is no file, `DiagnosedError` with the errors of the map. */
export function readWeightMap(path: string): WeightMap {
  const text = readText(path);
  if (text === undefined) throw missing(path, 'name a map of weights');
  const diagnostics = new Diagnostics();
  const map = loadWeightMap({ path, text }, diagnostics);
  if (!map) throw new DiagnosedError(diagnostics.all());
  return map;
}
