import type { Use } from '../compiler/names/binding.js';
import { printResidue } from '../compiler/sizes/residue.js';
import type { Span } from '../compiler/source/source.js';
import { applicationCosts, modelCosts } from './costs.js';
import { nameAt } from './name-at.js';
import { distinct, type Instance, stagesAt, valuesAt } from './shapes.js';
import { describeTarget } from './signatures.js';
import type { Workspace } from './workspace.js';

export interface Hover {
  /** Markdown. */
  readonly text: string;
  readonly span: Span;
}

/** How many instances a hover shows. */
const shown = 3;

/** What is known of the name at an offset: its kind, its documentation, and what it is in the models. */
export function hoverAt(workspace: Workspace, path: string, offset: number): Hover | undefined {
  const use = nameAt(workspace, path, offset);
  if (!use) return undefined;
  const { signature, doc } = describeTarget(use.target);
  const parts = [`\`\`\`net\n${signature}\n\`\`\``, ...(doc ? [doc] : [])];
  parts.push(...remarks(workspace, path, use));
  return { text: parts.join('\n\n'), span: use.span };
}

function remarks(workspace: Workspace, path: string, use: Use): readonly string[] {
  const { target, arrow, span } = use;
  if (target.kind === 'symbol') return residueOf(workspace, path, target.name);
  if (target.kind === 'definition' && target.definition.kind !== 'block' && !arrow) {
    return costOfModel(workspace, target.definition.name.text, target.module.path);
  }
  if (arrow) return listed(stagesAt(workspace, arrow), arrow.stage.name.text);
  if (target.kind !== 'local') return [];
  const here = valuesAt(workspace, span);
  return listed(here.length > 0 ? here : valuesAt(workspace, target.name.span));
}

/** `H = 16k` in each model that has the symbol. */
function residueOf(workspace: Workspace, path: string, symbol: string): readonly string[] {
  const models = workspace.analysis(path)?.models ?? [];
  const residues = models.flatMap(({ graph }) => graph?.symbols ?? []);
  const own = residues.filter((residue) => residue.symbol === symbol).map(printResidue);
  return [...new Set(own)].map((text) => `\`${text}\``);
}

function costOfModel(workspace: Workspace, name: string, path: string): readonly string[] {
  const analysis = workspace.analysis(path);
  const model = analysis?.models.find(({ expanded }) => expanded?.tree.block === name);
  const costs = model && modelCosts(model);
  return costs ? [costs] : [];
}

/** The first few instances that differ, a line each. */
function listed(instances: readonly Instance[], written = ''): readonly string[] {
  const different = distinct(instances);
  if (different.length === 0) return [];
  const lines = different.slice(0, shown).map((instance) => lineOf(instance, written));
  const more = different.length - shown;
  if (more > 0) lines.push(`and ${more} more`);
  return [lines.map((line) => `- ${line}`).join('\n')];
}

/** A stage that is a parameter says which block it was. */
function lineOf({ path, value, applied }: Instance, written: string): string {
  const block = applied?.application.block;
  const costs = applied && applicationCosts(applied);
  const place = path === '' ? '' : ` in \`${path}\``;
  const by = block && block !== written && written !== '' ? ` by \`${block}\`` : '';
  return `\`${value}\`${by}${place}${costs ? `, ${costs}` : ''}`;
}
