import { posix } from 'node:path';

/** The drawings that README and docs show, as `netc graph --format svg` writes them. */
const figures = { 'docs/images/r2au.svg': 'models/r2au.net' };

export async function drawings({ compileModel, diagramOf, printSvg }, read) {
  const reader = {
    read: (path) => ({ path, text: read(path) }),
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
  };
  const made = Object.entries(figures).map(async ([path, model]) => {
    const { graph, tree } = compileModel(model, reader);
    return [path, await printSvg(diagramOf(graph, tree))];
  });
  return Object.fromEntries(await Promise.all(made));
}
