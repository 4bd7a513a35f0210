export interface Sized {
  /** `compile.ts:12`: where it begins. */
  readonly path: string;
  readonly lines: number;
}

const declared = /^(?:export )?(?:default )?(?:async )?function\b/;
const assigned = /^(?:export )?(?:const |(?:static |readonly )*)[#\w]+.*=> \{$/;
const method =
  /^(?:(?:static|async|get|set|override|private) )*#?(?!if|for|while|switch|return|catch)\w+(?:<.*>)?\(/;

/** The functions of a formatted file that have a block, by the lines they begin and end on. */
export function functionsOf(path: string, text: string): readonly Sized[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const code = line.slice(indent.length);
    if (![declared, assigned, method].some((form) => form.test(code))) return [];
    const isOpen = code.endsWith('{') && !/\(\{$/.test(code);
    // Parameters on lines of their own end with one that opens the block.
    const opening = isOpen
      ? i
      : lines.findIndex((each, j) => j > i && begins(each, indent, /[)}]/));
    if (!isOpen && !/^[)}].*\{$/.test(lines[opening]?.slice(indent.length) ?? '')) return [];
    const end = lines.findIndex((each, j) => j > opening && begins(each, indent, /\}/));
    return end < 0 ? [] : [{ path: `${path}:${i + 1}`, lines: end - i + 1 }];
  });
}

const begins = (line: string, indent: string, form: RegExp): boolean =>
  line.startsWith(indent) && form.test(line[indent.length] ?? '');
