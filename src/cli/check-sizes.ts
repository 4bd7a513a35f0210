import type { Compilation } from '../compiler/compile.js';
import type { Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { printSize as printAxis } from '../compiler/sizes/size.js';
import { type Fit, fitImages } from '../compiler/solve/fit.js';
import { requirementWords } from '../compiler/solve/requirement-words.js';
import { type Requirement, requirementsOf } from '../compiler/solve/requirements.js';
import { positionAt } from '../compiler/source/source.js';
import { printSize } from './size.js';

/** What a model asks of the sizes of its images, and whether those that were asked about fit. */
export interface ModelSizes {
  readonly model: string;
  readonly requirements: readonly Requirement[];
  readonly fits: readonly Fit[] | undefined;
}

/** Of a model that compiled; what does not fit is reported. Undefined where there is no graph. */
export function sizesOf(
  { graph, expanded }: Compilation,
  size: ImageSize | undefined,
  diagnostics: Diagnostics,
): ModelSizes | undefined {
  if (!graph || !expanded) return undefined;
  return {
    model: graph.name,
    requirements: requirementsOf(graph),
    fits: size && fitImages(graph, size, expanded.inputSpans, diagnostics),
  };
}

/** `UNet: H and W are multiples of 16`, and with a size what became of each symbol. */
export function sizeLines({ model, requirements, fits }: ModelSizes, size?: ImageSize): string[] {
  const demands = `${model}: ${requirementWords(requirements)}`;
  if (!fits || !size) return [demands];
  const verdicts = fits.map(({ name, value, fits }) => {
    return `${name} = ${value} ${fits ? 'fits' : 'does not fit'}`;
  });
  return [demands, `${model} at ${printSize(size)}: ${verdicts.join(', ')}`];
}

/** What `--json` prints of it: residues, and the lines that ask for them. */
export function sizesToJson({ model, requirements, fits }: ModelSizes): object {
  const symbols = requirements.map(({ symbol, modulus, remainder, least, lines }) => ({
    symbol,
    modulus,
    remainder,
    least,
    lines: lines.map(({ size, decisive, origin }) => ({
      size: printAxis(size),
      decisive,
      ...(origin ? placeOf(origin.site) : {}),
    })),
  }));
  return { model, symbols, ...(fits ? { fits } : {}) };
}

const placeOf = ({ file, start }: { file: { path: string; text: string }; start: number }) => ({
  file: file.path,
  line: positionAt(file, start).line,
});
