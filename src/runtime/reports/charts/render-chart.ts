import type { TopLevelSpec } from 'vega-lite';
import { visibleLines } from '../../../compiler/diagnostics/visible.js';

/** A chart for people: what it shows, in words, is read out in its place. */
export type ChartSpec = TopLevelSpec & { readonly description: string };

/** Quiet lines, and nothing that would be read out point by point. */
const config = {
  aria: false,
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    grid: true,
    gridOpacity: 0.5,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 400,
  },
  legend: { title: null, labelFontSize: 12, symbolStrokeWidth: 3, labelLimit: 240 },
  title: { fontSize: 13, fontWeight: 600 },
} as const;

/**
 * The chart as an SVG text, its description as title. Drawn without a browser; the plotting libraries are loaded at the
 * first call, since they are large.
 */
export async function renderChart(spec: ChartSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const compiled = vegaLite.compile({ ...spec, config: { ...config, ...spec.config } }).spec;
  const svg = await new vega.View(vega.parse(compiled), { renderer: 'none' }).toSVG();
  const title = escapeXml(spec.description);
  return svg.replace(
    /^<svg ([^>]*)>/,
    `<svg role="img" aria-label="${title}" $1><title>${title}</title>`,
  );
}

/** A text inside XML or HTML, also in quotes. Controls, which XML does not have, are written as their numbers. */
export const escapeXml = (text: string): string =>
  visibleLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
