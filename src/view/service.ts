import { describeModel, type ParameterDescription } from '../compiler/describe/describe.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import type { Diagram } from '../compiler/emit/diagram/diagram.js';
import { columnFigure } from '../compiler/emit/drawing/column.js';
import { type Figure, figureOf } from '../compiler/emit/drawing/figure.js';
import { full, plain, type Style } from '../compiler/emit/drawing/style.js';
import { ExportError } from '../compiler/emit/export-error.js';
import { printPdf } from '../compiler/emit/pdf/pdf.js';
import { printSvg } from '../compiler/emit/svg/svg.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { nearestTaken } from '../compiler/solve/nearest.js';
import { hoverAt } from '../editor/hover.js';
import { semanticTokensOf } from '../editor/semantic-tokens.js';
import type { ViewedTexts } from '../runtime/viewing/texts.js';
import { differenceText, marksOf } from './comparison.js';
import { costLine, type Fact, factsOf, memoryText } from './facts.js';
import { type Problem, problemsIn } from './problems.js';
import { type Choice, choiceOf, type Good, goodOf, Project } from './project.js';
import { type Drawn, drawnOf, type Side, type SideName, type Slice } from './side.js';

/** What is looked at, and how. */
export interface Wish {
  readonly choice: Choice;
  readonly other: Choice | null;
  readonly size: ImageSize;
  readonly details: boolean;
  /** How many levels of blocks are unfolded; null for as many as stay legible. */
  readonly depth: number | null;
  /** Blocks that are folded or unfolded whatever the depth, by path. */
  readonly unfolded: Readonly<Record<SideName, ReadonlyMap<string, boolean>>>;
}

/** What came of it. */
export interface Look {
  readonly models: readonly Choice[];
  readonly choice: Choice;
  readonly other: Choice | null;
  /** What is wrong with the networks, in words; one that has errors has no side. */
  readonly errors: readonly string[];
  readonly sides: Readonly<Partial<Record<SideName, Side>>>;
  /** The nearest size that the networks take. */
  readonly size: ImageSize;
  readonly parameters: readonly ParameterDescription[];
  /** Heights that the network takes are this many pixels apart. */
  readonly step: number;
  readonly costs: readonly string[];
}

/** All that the page asks of the compiler. It runs in a worker, so that the page answers while a large network is compiled. */
export class Service {
  readonly #project: Project;
  /** What the page was opened with. */
  readonly #viewed: readonly Choice[];
  readonly #good: Partial<Record<SideName, Good>> = {};
  readonly #diagrams: Partial<Record<SideName, Drawn>> = {};
  #style: Style = plain;

  constructor({ texts, viewed }: ViewedTexts) {
    this.#project = new Project(texts);
    this.#viewed = viewed.map(choiceOf);
  }

  update(path: string, text: string): void {
    this.#project.update(path, text);
  }

  problems(path: string): readonly Problem[] {
    return problemsIn(this.#project.workspace, path);
  }

  hover(path: string, offset: number) {
    const hover = hoverAt(this.#project.workspace, path, offset);
    return hover ? { text: hover.text, start: hover.span.start, end: hover.span.end } : null;
  }

  words(path: string) {
    const tokens = semanticTokensOf(this.#project.workspace, path);
    return tokens.map(({ start, end, type }) => ({ start, end, type }));
  }

  look(wish: Wish): Look {
    const choice = this.#project.settled(wish.choice);
    const compiled = this.#project.compile(choice);
    const own = goodOf(compiled);
    const second = wish.other && this.#project.settled(wish.other);
    const compiledOther = second ? this.#project.compile(second) : undefined;
    const other = compiledOther && goodOf(compiledOther);
    const graphs = [own, other].flatMap((good) => (good ? [good.graph] : []));
    const size = nearestTaken(graphs, wish.size) ?? wish.size;
    const all = [...compiled.diagnostics, ...(compiledOther?.diagnostics ?? [])];
    const errors = new Set(all.filter(({ severity }) => severity === 'error').map(errorText));
    this.#style = wish.details ? full : plain;
    if (own) this.#draw(own, other, wish, size);
    const residue = own?.graph.symbols.find(({ symbol }) => symbol === 'H');
    return {
      models: this.#project.models(this.#viewed),
      choice,
      other: second,
      errors: [...errors],
      sides: own ? { own: this.#diagrams.own?.side, other: this.#diagrams.other?.side } : {},
      size,
      parameters: own ? describeModel(own, choice.set).parameters : [],
      step: residue?.modulus ?? 1,
      costs: own ? this.costs(size) : [],
    };
  }

  #draw(own: Good, other: Good | undefined, wish: Wish, size: ImageSize): void {
    const marks = other ? marksOf(own, other, size) : undefined;
    const none = new Map();
    const draw = (good: Good, name: SideName) =>
      drawnOf(good, this.#style, {
        depth: wish.depth ?? undefined,
        unfolded: wish.unfolded[name],
        marks: (name === 'own' ? marks?.before : marks?.after) ?? none,
      });
    this.#good.own = own;
    this.#good.other = other;
    this.#diagrams.own = draw(own, 'own');
    this.#diagrams.other = other && draw(other, 'other');
  }

  /** Some parts of a drawing; null of one that is no longer in sight. */
  slice(name: SideName, version: number, i: number): Slice | null {
    const drawn = this.#diagrams[name];
    return drawn?.side.version === version ? drawn.slice(i) : null;
  }

  /** A line of each network in sight. */
  costs(size: ImageSize): readonly string[] {
    return this.#inSight().map(({ graph }) => costLine(graph, size));
  }

  /** What each takes to keep its activations, which is more to count. */
  memory(size: ImageSize): readonly string[] {
    return this.#inSight().map(({ graph }) => memoryText(graph, size));
  }

  #inSight(): readonly Good[] {
    return [this.#good.own, this.#good.other].filter((good) => good !== undefined);
  }

  /** How the one beside it differs from the network, as `netc diff` tells it; empty without one. */
  difference(size: ImageSize): string {
    const { own, other } = this.#good;
    return own && other ? differenceText(own, other, size) : '';
  }

  facts(name: SideName, id: string, size: ImageSize): readonly Fact[] {
    const [drawn, good] = [this.#diagrams[name], this.#good[name]];
    const box = drawn?.boxes.get(id);
    return drawn && good && box ? factsOf(box, drawn.applications.get(id), good.graph, size) : [];
  }

  /** The drawing as a figure: so many millimetres wide in print, or as it is where that is null. */
  figure(
    format: 'svg' | 'pdf',
    millimetres: number | null,
  ): Printed | { readonly problem: string } {
    const drawn = this.#diagrams.own;
    if (!drawn) return { problem: 'there is no drawing yet' };
    try {
      const figure = this.#figureOf(drawn.diagram, millimetres);
      const { title, width, height, printed } = figure;
      const data = format === 'svg' ? printSvg(figure) : printPdf(figure);
      return { title, width, height, printed, data };
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      return { problem: error.way === null ? error.what : `${error.what}, or folded blocks` };
    }
  }

  #figureOf(diagram: Diagram, millimetres: number | null): Figure {
    return millimetres === null
      ? figureOf(diagram, this.#style)
      : columnFigure([diagram], millimetres);
  }
}

export interface Printed extends Pick<Figure, 'title' | 'width' | 'height' | 'printed'> {
  readonly data: string | Uint8Array;
}

const errorText = ({ code, message, span }: Diagnostic): string =>
  `${span.file.path}: ${code}: ${message}`;
