import { isExperiment } from '../runtime/files/kinds.js';
import { diagnosticsOfExperiment } from './experiment.js';
import { networkDiagnosticsIn, type ShownDiagnostic, shown } from './network-diagnostics.js';
import type { Workspace } from './workspace.js';

/** What is wrong with the `.net` file or the experiment at `path`, as far as it can be shown there. */
export function diagnosticsIn(workspace: Workspace, path: string): readonly ShownDiagnostic[] {
  if (path.endsWith('.net')) return networkDiagnosticsIn(workspace, path);
  const text = workspace.reader.read(path)?.text;
  const found = text && isExperiment(text) ? diagnosticsOfExperiment(workspace, path) : [];
  return found.map((diagnostic) => shown(diagnostic, diagnostic.span));
}
