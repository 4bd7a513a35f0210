import { joinSpans, positionAt, type Span, textOf } from '../../source/source.js';
import { type Advice, error, errorByKind, type NoFacts } from './entry.js';
import { type Expected, expectedAdvice, expectedWords } from './expected.js';
import { type SyntaxSuggestion, syntaxSuggestion } from './syntax-suggestions.js';
import { behind, bracketsAround, counted, insert, reading, replace } from './words.js';

/** What was found to write in the place of what the parser refused. */
type Guess = { readonly suggestion?: SyntaxSuggestion | undefined };

const otherwise = (guess: SyntaxSuggestion | undefined, span: Span, message: string): Advice =>
  guess ? syntaxSuggestion(guess, { span, origin: null }) : message;

const beginsLine = ({ file, start }: Span): boolean =>
  file.text.slice(file.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';

export const syntax = {
  NET0002: error(
    'Unexpected word',
    ({ expected, found, suggestion }: Guess & { expected: Expected; found: Found }, { span }) => ({
      message: `expected ${expectedWords(expected)}, found ${foundWords(found)}`,
      suggestion: otherwise(suggestion, span, expectedAdvice(expected)),
    }),
  ),
  NET0007: errorByKind('Arrow beside an operator', {
    /** `a + b -> F`: the operation before the arrow, its last operand, the chain behind both. */
    before: ({ last, chain }: { last: Span; chain: Span }, { span }) => {
      const part = bracketsAround({ ...last, end: chain.end });
      const whole = bracketsAround(span);
      return {
        message: `\`${textOf(span)}\` stands left of an arrow without brackets`,
        label: `all of this, or only \`${textOf(last)}\`?`,
        suggestion: {
          message: `write \`${reading(chain, part)}\` to feed \`${textOf(last)}\` alone`,
          edits: part,
        },
        otherReading: {
          message: `write \`${reading(chain, whole)}\` to feed all of \`${textOf(span)}\``,
          edits: whole,
        },
      };
    },
    /** `x -> F + y`: every chain of arrows wants brackets in the whole of the operation. */
    beside: ({ chains, whole }: { chains: readonly Span[]; whole: Span }, { span }) => {
      const edits = chains.flatMap(bracketsAround);
      const [operand] = /^-\s*\w*/.exec(span.file.text.slice(span.start)) ?? [];
      return {
        message: `an arrow stands beside \`${textOf(span)}\` without brackets`,
        ...(beginsLine(span) && {
          label: 'a line that begins with an operator continues the line before',
        }),
        related: chains.map((chain) => ({ span: chain, message: 'this goes into brackets' })),
        suggestion: { message: `write \`${reading(whole, edits)}\``, edits },
        ...(beginsLine(span) &&
          operand && {
            otherReading: `to begin a line of its own, put \`-\` and its operand into brackets: \`(${operand})\``,
          }),
      };
    },
  }),
  NET0008: error(
    'Comparison of a comparison',
    ({ operands, operators }: { operands: readonly Span[]; operators: readonly string[] }) => {
      const texts = operands.map(textOf);
      const meant = operators.map((sign, i) => `${texts[i]} ${sign} ${texts[i + 1]}`).join(' and ');
      return {
        message: 'a comparison gives true or false, which cannot be compared again',
        label: 'a second comparison',
        suggestion: replace(operands.reduce(joinSpans), meant),
      };
    },
  ),
  NET0009: errorByKind('Value that goes nowhere', {
    /** `maps.append(x)`. */
    listMethod: ({ list }: { list: string }) => ({
      message: 'a list is never changed: this value goes nowhere',
      suggestion: {
        message: `a fold grows one: \`for v in list with ${list} = [] { [...${list}, v -> F] }\``,
      },
    }),
    model: (_: NoFacts, { span }) => ({
      message: 'a model has outputs and no result: this value goes nowhere',
      suggestion: insert(
        span,
        'output mask = ',
        'name it as an output, such as `output mask = ...`',
      ),
    }),
    body: () => ({
      message: 'only the last line of a body is its result: this value goes nowhere',
      suggestion: 'bind it, `let name = ...`, or join it with the next line by `->`',
    }),
  }),
  NET0010: error('Body without a result', ({ names }: { names: readonly string[] }, { span }) => ({
    message: 'a body ends with its result, and this one ends with something else',
    label: 'the last line of the body',
    suggestion: missingResult(span, names),
  })),
  NET0011: error('Input or output outside a model', ({ port }: { port: 'input' | 'output' }) => ({
    message: `an \`${port}\` belongs directly in a model's braces`,
    suggestion:
      port === 'input'
        ? 'a block names its inputs in the last list before its braces'
        : 'the last line of a body is its result',
  })),
  NET0012: error('Choice without an else', ({ suggestion }: Guess, { span }) => ({
    message: 'an `if` always has an `else`: its value is one of two',
    label: '`else` is missing here',
    suggestion: otherwise(
      suggestion,
      span,
      'say what it is otherwise: `if condition { ... } else { ... }`',
    ),
  })),
  NET0013: error(
    'Input with a default',
    ({ name, isOnlyList }: { name: Span; isOnlyList: boolean }, { span }) => ({
      message: `the last list names the inputs, and an input such as \`${textOf(name)}\` has no default`,
      suggestion: isOnlyList
        ? 'name the inputs in a list of their own after it: `(...) (x)`'
        : replace(
            { ...span, start: name.end },
            '',
            `leave the default out, or move \`${textOf(name)}\` to the list before`,
          ),
    }),
  ),
  NET0014: error('Repeat without a start', ({ suggestion }: Guess, { span }) => ({
    message: 'a `repeat` always has a `with`: the state that it carries',
    suggestion: otherwise(
      suggestion,
      span,
      'give it a start: `repeat n with state = start { ... }`',
    ),
  })),
  NET0015: error('Argument named with an equals sign', (_: NoFacts, { span }) => ({
    message: 'an argument is named with `:`; `=` is for defaults and bindings',
    suggestion: replace(span, ':'),
  })),
  NET0016: error('Nested too deeply', (_: NoFacts) => ({
    message: 'too many expressions stand inside each other',
    suggestion: 'name parts of it with `let`',
  })),
  /** Not a fault of its own: how many others are not told. */
  NET0017: error('More errors', ({ count }: { count: number }) => ({
    message: `${counted(count, 'more error')} from here on ${count === 1 ? 'is' : 'are'} not shown`,
    suggestion: 'mend the first ones: often the others go with them',
  })),
  /** Its lines are not shown: a file that somebody else imports may be any file of this computer. */
  NET0018: errorByKind('File that is not read', {
    bytes: ({ path }: { path: string }) => ({
      message: `${path} is no text`,
      suggestion: 'name a `.net` file',
    }),
    words: ({ path }: { path: string }) => ({
      message: `${path} is no .net file: no line of it begins with \`import\`, \`block\` or \`model\``,
      suggestion: 'name a file that defines a block or a model',
    }),
    long: ({ path, limit }: { path: string; limit: number }) => ({
      message: `${path} has more than ${limit.toLocaleString('en-US')} words and signs`,
      suggestion: 'divide it into files that import each other, or let loops and parameters repeat',
    }),
    together: ({ path, limit }: { path: string; limit: number }) => ({
      message: `with ${path} this file and all that it imports have more than ${limit.toLocaleString('en-US')} words and signs`,
      suggestion: 'import what is needed from fewer or shorter files',
    }),
    size: ({ path, limit }: { path: string; limit: number }) => ({
      message: `${path} has more than ${limit / 2 ** 20} MB`,
      suggestion: 'divide it into files that import each other, or let loops and parameters repeat',
    }),
    kind: ({ path }: { path: string }) => ({
      message: `${path} is no regular file`,
      suggestion: 'name a `.net` file on the disk: devices, pipes and folders are not read',
    }),
    denied: ({ path, reason }: { path: string; reason: string }) => ({
      message: `${path} cannot be read: ${reason}`,
      suggestion: 'name a file that can be read',
    }),
    outside: ({ path }: { path: string }) => ({
      message: `${path} lies outside the folder that is open`,
      suggestion: 'open the folder that holds both files; `netc check` follows imports everywhere',
    }),
  }),
};

/** The word that was found in place of what was expected. */
export type Found =
  | { readonly kind: 'nothing' | 'lineEnd' | 'textEnd' }
  | { readonly kind: 'keyword' | 'text' | 'word'; readonly text: string };

function foundWords(found: Found): string {
  switch (found.kind) {
    case 'nothing':
      return 'nothing';
    case 'lineEnd':
      return 'the end of the line';
    case 'textEnd':
      return 'the end of the text';
    case 'keyword':
      return `the keyword \`${found.text}\``;
    case 'text':
      return `the text ${found.text}`;
    default:
      return `\`${found.text}\``;
  }
}

/** A last line that gives what the line before it has bound. */
function missingResult(last: Span, names: readonly string[]): Advice {
  if (/\n[ \t]*-/.test(textOf(last)))
    return 'a line that begins with `-` continues the line before: put `(-x)` there';
  if (names.length === 0) return 'add a last line: the value that the body gives';
  const result = names.length > 1 ? `(${names.join(', ')})` : `${names[0]}`;
  const { column } = positionAt(last.file, last.start);
  const indent = beginsLine(last) ? ' '.repeat(column - 1) : '';
  return replace(behind(last), `\n${indent}${result}`, `add a last line, such as \`${result}\``);
}
