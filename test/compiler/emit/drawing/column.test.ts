import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { diagramOf, diagramsOf } from '../../../../src/compiler/emit/diagram/diagram.js';
import { columnFigure } from '../../../../src/compiler/emit/drawing/column.js';
import { type Figure, figureOf } from '../../../../src/compiler/emit/drawing/figure.js';
import { ExportError } from '../../../../src/compiler/emit/export-error.js';
import { printPdf } from '../../../../src/compiler/emit/pdf/pdf.js';
import { printSvg } from '../../../../src/compiler/emit/svg/svg.js';
import { modelOf } from '../../expand/texts.js';
import { drawnText, leavesOf, networks, shipped } from './drawn.js';

const textsOf = ({ parts }: Figure) =>
  parts.flatMap(({ shapes }) => shapes.filter((shape) => shape.kind === 'text'));

/** The size in points of a length in units of a figure, as it is printed. */
const points = ({ printed, width }: Figure, units: number): number =>
  (units * printed! * 72) / 25.4 / width;

/** Those that are wider than a column as they are: figures over both columns of a page. */
const wide: Readonly<Record<string, number>> = {
  'models/attention-unet-coarse.net': 180,
  'examples/unet-plus-plus.net': 180,
};

describe.each(networks.map((file) => ({ file, width: wide[file] ?? 85 })))(
  '$file at $width mm',
  ({ file, width }) => {
    const { graph, tree } = shipped(file);
    const figure = columnFigure(diagramsOf(graph, tree), width);

    test('has type of 6 to 8 points', () => {
      const sizes = textsOf(figure).map(({ size }) => points(figure, size));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(6 - 1e-9);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(8 + 1e-9);
    });

    test('shows more than a few boxes, without arguments and shapes', () => {
      const leaves = figure.parts.filter(({ role }) => role === 'leaf');
      expect(leaves.length).toBeGreaterThan(8);
      expect(textsOf(figure).filter(({ text }) => /: |\[N/.test(text))).toEqual([]);
    });

    test('tells what each short name means', () => {
      const told = figure.parts.flatMap(({ role, shapes }) =>
        role === 'legend' ? shapes.flatMap((shape) => ('text' in shape ? [shape.text] : [])) : [],
      );
      for (const { role, box, shapes } of figure.parts) {
        const name = shapes.find((shape) => shape.kind === 'text')?.text;
        const short = name?.replace(/ ×\d+$/, '');
        if (role !== 'leaf' || !box || short === box.title) continue;
        expect(told[told.indexOf(short!) + 1]).toBe(box.title);
      }
    });
  },
);

test('a drawing that does not fit is an error that says how wide it is', () => {
  const { graph, tree } = shipped('models/r2au.net');
  const draw = () => columnFigure([diagramOf(graph, tree, 3)], 20);
  expect(draw).toThrow(ExportError);
  expect(draw).toThrow(/under 6 points: this drawing needs \d+ mm/);
});

test('where there is no room, a block one after another is one box that says how often', () => {
  const { graph, tree } = shipped('examples/convnext.net');
  const texts = (width: number) =>
    textsOf(columnFigure(diagramsOf(graph, tree), width)).map(({ text }) => text);
  expect(texts(85).filter((text) => text.includes('×'))).toEqual([
    'NU ×3',
    'NU ×3',
    'NU ×9',
    'NU ×3',
  ]);
  expect(texts(180).filter((text) => text.includes('×'))).toEqual([]);
});

describe('SVG', () => {
  test('is read by a renderer, each leaf in it once, with its arguments', async () => {
    const diagram = drawnText(modelOf('image -> Conv(1, init: "glorot_uniform") -> maxPool(2)'), 1);
    const svg = printSvg(figureOf(diagram));
    // librsvg refuses XML that is not well-formed.
    expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
    expect(svg).toContain('init: &quot;glorot_uniform&quot;');
    expect(svg).toContain('>[N, H/2, W/2, 1]<');
    for (const { path } of leavesOf(diagram.boxes)) {
      expect(svg.split(`<title>${path}</title>`), path).toHaveLength(2);
    }
  });
});

describe('PDF', () => {
  const { graph, tree } = shipped('models/r2au.net');
  const text = Buffer.from(printPdf(columnFigure(diagramsOf(graph, tree), 85))).toString('latin1');

  test('is one page of the width that was asked for', () => {
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text)!;
    expect(Number(box[1])).toBeCloseTo((85 * 72) / 25.4, 1);
    expect(text.startsWith('%PDF-1.4\n')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  });

  test('has each object where its table says', () => {
    const start = Number(/startxref\n(\d+)/.exec(text)![1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    const rows = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) =>
      Number(at),
    );
    rows.forEach((at, i) => {
      expect(text.slice(at).startsWith(`${i + 1} 0 obj\n`)).toBe(true);
    });
    const stream = /\/Length (\d+) >>\nstream\n/.exec(text)!;
    const end = stream.index + stream[0].length + Number(stream[1]);
    expect(text.slice(end, end + 11)).toBe('\nendstream\n');
  });

  test('writes names as text', () => {
    expect(text).toContain('(R2CL) Tj');
  });
});
