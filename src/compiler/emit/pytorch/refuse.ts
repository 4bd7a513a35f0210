import type { Origin } from '../../source/origin.js';
import { positionAt } from '../../source/source.js';
import { ExportError } from '../export-error.js';

/** Says where the network asks for what PyTorch does not have, and what to do about it. */
export function refuse(origin: Origin | null, what: string, suggestion: string): never {
  const site = origin?.site;
  const place = site ? ` (${site.file.path}:${positionAt(site.file, site.start).line})` : '';
  throw new ExportError(
    `PyTorch has no ${what}${place}: ${suggestion}, or export to onnx or savedmodel`,
  );
}
