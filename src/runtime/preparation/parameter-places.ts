import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { Span } from '../../compiler/source/source.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';

/** An error in a parameter that the experiment's text gives, shown there; one of the command line stays where it is. */
export function inExperiment(item: Diagnostic, spanOf: LoadedExperiment['spanOf']): Diagnostic {
  const part = item.code === 'NET0504' ? 'key' : 'value';
  const moved = (span: Span): Span => {
    const name = /^--set (\w+)$/.exec(span.file.path)?.[1];
    if (name === undefined) return span;
    const place = spanOf(['parameters', name], part);
    if (place.file.path === span.file.path) return span;
    const { file, start, end } = place;
    // In quotes the expression begins behind the first; one that YAML writes otherwise is shown whole.
    const at = part === 'key' ? -1 : file.text.slice(start, end).indexOf(span.file.text);
    return at < 0 ? place : { file, start: start + at + span.start, end: start + at + span.end };
  };
  const { suggestion } = item;
  const edits = suggestion?.edits?.map((edit) => ({ ...edit, span: moved(edit.span) }));
  return {
    ...item,
    span: moved(item.span),
    related: item.related.map((place) => ({ ...place, span: moved(place.span) })),
    ...(suggestion && { suggestion: { ...suggestion, ...(edits && { edits }) } }),
  };
}
