/** A page with what stands between `<!-- generated: NAME -->` and `<!-- end -->` made anew; its names must be those of `parts`. */
export function withParts(page, parts) {
  const left = new Set(Object.keys(parts));
  const text = page.replace(
    /(<!-- generated: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, name, end) => {
      if (!left.delete(name)) throw new Error(`nothing makes the part ${name}`);
      return `${begin}${parts[name].trim()}\n${end}`;
    },
  );
  if (left.size > 0) throw new Error(`the page has no place for ${[...left].join(', ')}`);
  return text;
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells) => `| ${cells.map(cell).join(' | ')} |`;

/** A table in markdown. */
export const table = (head, rows) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
