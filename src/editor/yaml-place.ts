/** Where in a block of YAML keys an offset is. */
export interface YamlPlace {
  /** The keys around it, the outermost first. */
  readonly section: readonly string[];
  /** The key whose value is written there; null where a key is. */
  readonly key: string | null;
  /** The keys that the section has on other lines. */
  readonly siblings: readonly string[];
  /** The plain value at a path. */
  readonly settingAt: (path: readonly string[]) => string | undefined;
  /** The word that is being written. */
  readonly start: number;
  readonly end: number;
}

interface KeyLine {
  readonly indent: number;
  readonly key: string;
  readonly value: string;
  readonly number: number;
  /** The keys around it. */
  readonly section: readonly string[];
}

const keyLine = /^( *)([\w.-]+):(?:[ \t]+(.*?))?[ \t]*(?:#.*)?$/;

/**
 * Read from the lines and their indents alone, since a text that is being written is most often no YAML. Sees one key a
 * line, as experiments are written; not what stands in `{ }`.
 */
export function yamlPlaceAt(text: string, offset: number): YamlPlace {
  const lines = linesOf(text);
  const begin = text.lastIndexOf('\n', offset - 1) + 1;
  const number = text.slice(0, begin).split('\n').length - 1;
  const before = text.slice(begin, offset);
  const value = /^ *([\w.-]+):[ \t]+(.*)$/.exec(before);
  const indent = before.length - before.trimStart().length;
  const section = sectionAt(lines, number, indent);
  const word = value ? value[2]! : before.trimStart();
  const siblings = lines
    .filter((line) => line.number !== number && same(line.section, section))
    .map(({ key }) => key);
  const settingAt = (path: readonly string[]): string | undefined =>
    lines.find((line) => same([...line.section, line.key], path))?.value || undefined;
  const rest = /^[\w./-]*/.exec(text.slice(offset))![0];
  const key = value ? value[1]! : null;
  return {
    section,
    key,
    siblings,
    settingAt,
    start: offset - word.length,
    end: offset + rest.length,
  };
}

function linesOf(text: string): readonly KeyLine[] {
  const lines: KeyLine[] = [];
  for (const [number, content] of text.split('\n').entries()) {
    const match = keyLine.exec(content.replace(/\r$/, ''));
    if (!match) continue;
    const indent = match[1]!.length;
    const value = (match[3] ?? '').replace(/^(["'])(.*)\1$/, '$2');
    lines.push({
      indent,
      key: match[2]!,
      value,
      number,
      section: sectionAt(lines, number, indent),
    });
  }
  return lines;
}

/** The keys above a line that are less indented, each than the one inside it. */
function sectionAt(lines: readonly KeyLine[], number: number, indent: number): readonly string[] {
  const keys: string[] = [];
  let inside = indent;
  for (const line of lines.toReversed()) {
    if (line.number >= number || line.indent >= inside) continue;
    keys.unshift(line.key);
    inside = line.indent;
  }
  return keys;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);
