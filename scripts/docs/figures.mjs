import { posix } from 'node:path';

/** The drawings that README and docs show, as `netc graph --format svg --compact` writes them. */
const figures = { 'docs/images/r2au.svg': 'models/r2au.net' };

export async function drawings({ compileModel, diagramOf, figureOf, plain, printSvg }, read) {
  const reader = {
    read: (path) => ({ path, text: read(path) }),
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
  };
  const made = Object.entries(figures).map(async ([path, model]) => {
    const { graph, tree } = compileModel(model, reader);
    return [path, printSvg(figureOf(diagramOf(graph, tree), plain))];
  });
  return Object.fromEntries(await Promise.all(made));
}
