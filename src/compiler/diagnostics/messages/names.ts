import { positionAt, type Span } from '../../source/source.js';
import { type Advice, error, errorByKind } from './entry.js';
import { foreignName } from './foreign.js';
import { type Seen, seenAs } from './seen.js';
import { quotesOutside } from './text.js';
import { nearest, replace } from './words.js';

type Name = { readonly name: string };
type Found = { readonly found: Seen };
type Path = { readonly path: string };
type Meant = { readonly meant?: string | undefined };

/** What gives a name: an import of a definition by another name, a definition, or a line of a body. */
export type Taken = Name & {
  readonly by: 'import' | 'definition' | 'binding';
  /** The name that is imported by this one. */
  readonly original?: string | undefined;
};

type Unknown = Name & {
  /** The name in sight that was likely meant, and where it is bound if that is in a text. */
  readonly meant: (Name & { readonly at: Span | null }) | null;
  /** What may be defined under it. */
  readonly wanted: 'block' | 'model';
  /** Where it stands in the definition; empty for this place alone. */
  readonly uses: readonly Span[];
};

const isPascal = (text: string): boolean => /^[A-Z]/.test(text);

const caseMessage = (name: string, found: Seen): string =>
  isPascal(name)
    ? `${name} begins with a capital letter and is a block; this is ${seenAs(found)}`
    : `${name} begins with a small letter and is no block; this is ${seenAs(found)}`;

export const names = {
  NET0101: errorByKind('Unknown name', {
    size: ({ name }: Name) => ({
      message: `${name} is a size, which reaches an operation only through a tensor`,
      suggestion: 'resizeLike and cropLike take the size of a tensor',
    }),
    /** Bound in these braces, further below. */
    later: ({ name, at }: Name & { at: Span }) => {
      const { line } = positionAt(at.file, at.start);
      return {
        message: `${name} is bound only below, in line ${line}`,
        related: [{ span: at, message: `${name} begins here` }],
        suggestion: `a name holds from its line on: move line ${line} above this one`,
      };
    },
    unknown: ({ name, meant, wanted, uses }: Unknown, { span }) => {
      const foreign = foreignName(name);
      const advice = foreign && 'advice' in foreign ? foreign.advice : newName(name, wanted);
      const places = uses.length === 0 ? [span] : uses;
      return {
        message: `there is no ${name} here`,
        ...(meant?.at && {
          related: [{ span: meant.at, message: `${meant.name} is bound here` }],
        }),
        suggestion: meant
          ? {
              message: `did you mean ${meant.name}?`,
              edits: places.map((each) => ({ span: each, text: meant.name })),
            }
          : advice,
      };
    },
  }),
  NET0102: error('Name taken', ({ other, ...taken }: Taken & { other: Span }) => ({
    message:
      taken.by === 'binding'
        ? `${taken.name} is bound already`
        : `${taken.name} is defined or imported twice in this file`,
    related: [{ span: other, message: `the first ${taken.name}` }],
    suggestion: anotherName(taken),
  })),
  NET0103: errorByKind('Case does not fit', {
    argument: ({ name, found }: Name & Found) => ({
      message: caseMessage(name, found),
      suggestion: isPascal(name)
        ? `give ${name} a block or an operation, such as \`Conv(64)\` or \`relu\``
        : `give ${name} a number, a text, true or false, or a list of these`,
    }),
    /** `let Unit = 4`: the name, where it is bound, may be the part that is wrong. */
    binding: ({ name, found, at }: Name & Found & { at: Span }) => {
      const first = name.slice(0, 1);
      const better = (isPascal(name) ? first.toLowerCase() : first.toUpperCase()) + name.slice(1);
      return {
        message: caseMessage(name, found),
        suggestion: replace(at, better, `call it \`${better}\``),
        ...(!isPascal(name) && {
          otherReading: {
            message: `write \`shared ${name} = ...\` for one instance, whose weights all its uses share`,
          },
        }),
      };
    },
    setting: ({ name, text }: Name & { text: string }, { span }) => ({
      message: `${name} is a block, this is a text`,
      suggestion: quotesOutside(span, name, text),
    }),
  }),
  NET0104: errorByKind('Unknown file', {
    /** `meant` is a file that there is. */
    import: ({ path, written, meant }: Path & Meant & { written: string }, { span }) => {
      const example = written === 'lib/units.net' ? '../models/lib/units.net' : 'lib/units.net';
      return {
        message: `there is no file ${path}`,
        suggestion: meant
          ? replace(span, `"${meant}"`, `did you mean "${meant}"?`)
          : `write its path from the folder of this file, such as "${example}"`,
      };
    },
    commandLine: ({ path }: Path) => ({
      message: `there is no file ${path}`,
      suggestion: 'name a `.net` file by its path from this folder',
    }),
    experiment: ({ path, meant }: Path & Meant) => ({
      message: `${path} is missing`,
      suggestion: meant
        ? `did you mean ${meant}?`
        : 'name a .net file, from the folder of the experiment',
    }),
  }),
  /** `defines` are the names of that file; `elsewhere` the file it imports the name from itself. */
  NET0105: error(
    'Unknown import',
    (
      f: Name & Path & { elsewhere?: string | undefined; defines: readonly string[] },
      { span },
    ) => ({
      message: `${f.path} defines no ${f.name}`,
      suggestion: f.elsewhere
        ? `${f.elsewhere} defines it: import it from there`
        : (nearest(span, f.name, f.defines) ??
          (f.defines.length === 0
            ? 'that file defines nothing; import it from another'
            : `import what that file does define: ${f.defines.join(', ')}`)),
    }),
  ),
  NET0106: error('Files that import each other', ({ files }: { files: readonly string[] }) => ({
    message: `files import in a circle: ${files.join(' imports ')}`,
    suggestion: 'put what they need of each other into a file of its own that imports neither',
  })),
  NET0107: error('Built-in redefined', (taken: Taken) => ({
    message: `${taken.name} is built in`,
    suggestion: anotherName(taken),
  })),
  NET0108: error(
    'Name with two meanings',
    ({ name, places }: Name & { places: readonly Span[] }) => ({
      message: `${name} has two meanings here`,
      related: places.map((span) => ({ span, message: `a ${name}` })),
      suggestion: "import the one that is meant into the model's own file, whose names come first",
    }),
  ),
  /** `isGiven`: by `as` or `shared`; an operation has its name by itself. */
  NET0109: error(
    'Instance name taken',
    ({ name, first, isGiven }: Name & { first: Span; isGiven: boolean }, { span }) => {
      const better = isGiven ? `${name}2` : `${name} as ${name}2`;
      return {
        message: `${name} names two instances of this body`,
        related: [{ span: first, message: `the first ${name}` }],
        suggestion: replace(span, better, `give each its own name: write \`${better}\` here`),
      };
    },
  ),
};

function anotherName({ name, by, original = name }: Taken): Advice {
  if (by === 'import') return `import it by another name: \`${original} as ${original}2\``;
  return by === 'definition'
    ? `give it another name, such as \`${name}2\``
    : `give this one another name, such as \`${name}2\`; a name hides no other`;
}

function newName(name: string, wanted: 'block' | 'model'): string {
  if (/^[A-Z]$/.test(name))
    return 'sizes come with tensors alone; for a number, take a parameter such as `channels`';
  return isPascal(name)
    ? `define it, \`${wanted} ${name}${wanted === 'block' ? '(x)' : ''} { ... }\`, or import it: \`import { ${name} } from "..."\``
    : `bind it above, \`let ${name} = ...\`, or make it a parameter or an input`;
}
