/** A model of one image, three channels deep, of these lines. */
export const netOf = (...lines: readonly string[]): string =>
  ['model Net {', '  input image: [N, H, W, 3]', ...lines.map((line) => `  ${line}`), '}', ''].join(
    '\n',
  );

/** Lines of a whole text. */
export const linesOf = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
