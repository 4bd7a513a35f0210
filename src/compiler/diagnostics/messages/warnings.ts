import { type Span, textOf } from '../../source/source.js';
import { type Advice, warning, warningByKind } from './entry.js';
import { withoutItem, withoutLines } from './removal.js';
import { append, counted, replace } from './words.js';

type Name = { readonly name: string };
type Owned = Name & { readonly owner: string };
type OtherLine = { readonly line: Span };

const dropLine = (line: Span, message: string): Advice => ({
  message,
  edits: withoutLines(line),
});

export const warnings = {
  /** `line` binds the result to a name that nothing reads. */
  NET0901: warning(
    'Without effect on the outputs',
    (f: { block: string; times: number; weights: number; line?: Span | undefined }) => {
      const where = f.times === 1 ? `this ${f.block}` : `this ${f.block}, applied ${f.times} times`;
      const size = f.weights === 1 ? '1 weight' : `${f.weights.toLocaleString('en-US')} weights`;
      return {
        message: `no output depends on ${where}: ${f.weights === 0 ? 'it is' : `it and ${size} are`} left out`,
        suggestion: f.line
          ? dropLine(f.line, 'use it, or drop the line')
          : 'use its result, or drop it',
      };
    },
  ),
  NET0902: warning('Input not used', ({ name }: Name, { span }) => ({
    message: `no output depends on the input ${name}`,
    suggestion: dropLine(span, 'feed it to an output, or drop the line'),
  })),
  NET0903: warning('Unused block', ({ name, definition }: Name & { definition: Span }) => ({
    message: `no model of this file uses the block ${name}`,
    suggestion: dropLine(definition, 'drop it, or move it to a file of blocks'),
  })),
  NET0904: warningByKind('Unused parameter', {
    input: ({ owner, name }: Owned, { span }) => ({
      message: `${owner} never uses its input ${name}`,
      suggestion: replace(span, '_', 'name it _ where its place must be kept'),
    }),
    /** Given by name somewhere, which goes with it. */
    named: ({ owner, name }: Owned) => ({
      message: `${owner} never uses its parameter ${name}`,
      suggestion: 'use it, or drop it here and where it is given',
    }),
    /** Of a block, which may be given it by position: a unit takes `channels`, whatever it does. */
    placed: ({ owner, name }: Owned, { span }) => ({
      message: `${owner} never uses its parameter ${name}`,
      suggestion: replace(
        span,
        `_${name}`,
        `use it, or name it _${name} where its place must be kept`,
      ),
    }),
    plain: (f: Owned & { items: readonly Span[]; index: number }) => ({
      message: `${f.owner} never uses its parameter ${f.name}`,
      suggestion: { message: 'use it, or drop it', edits: withoutItem(f.items, f.index) },
    }),
  }),
  NET0905: warningByKind('Unused import', {
    /** All of the names of the line. */
    line: ({ name, line }: Name & OtherLine) => ({
      message: `${name} is imported and never used`,
      suggestion: dropLine(line, 'drop the import'),
    }),
    one: ({ name, items, index }: Name & { items: readonly Span[]; index: number }) => ({
      message: `${name} is imported and never used`,
      suggestion: { message: `drop ${name} from it`, edits: withoutItem(items, index) },
    }),
  }),
  /** `line` is one that binds nothing else. */
  NET0906: warning(
    'Unused name',
    ({ name, line }: Name & { line?: Span | undefined }, { span }) => ({
      message: `${name} is never used`,
      suggestion: line
        ? dropLine(line, 'use it, or drop the line')
        : replace(span, '_', 'name it _'),
    }),
  ),
  NET0907: warningByKind('Shared and not shared', {
    unapplied: ({ name, line }: Name & OtherLine) => ({
      message: `${name} is shared and never applied`,
      suggestion: dropLine(line, 'drop the line'),
    }),
    /** `block` is what is shared, where it can be written at the one place. */
    once: (f: Name & OtherLine & { stage: Span; block?: Span | undefined }) => {
      const lines = withoutLines(f.line);
      const written = f.block && `${textOf(f.block)} as ${f.name}`;
      return {
        message: `${f.name} is shared and applied once, so that nothing shares it`,
        related: [{ span: f.stage, message: 'the only place' }],
        suggestion:
          written && lines
            ? {
                message: `write \`-> ${written}\` there`,
                edits: [...lines, { span: f.stage, text: written }],
              }
            : 'write the block at that place',
      };
    },
  }),
  /** `fed` is what the last stage of the output takes, which gives it so many channels. */
  NET0908: warning(
    'Output without weights',
    (f: { outputs: readonly string[]; fed?: { at: Span; channels: number } | undefined }) => ({
      message: `no weight reaches the output ${f.outputs.join(', ')}: there is nothing to train in it`,
      suggestion: f.fed
        ? append(
            f.fed.at,
            ` -> Conv(${f.fed.channels})`,
            `put a block with weights before the last stage, such as Conv(${f.fed.channels})`,
          )
        : 'put a block with weights before it, such as Conv',
    }),
  ),
  NET0909: warningByKind('Gate of another size', {
    spread: ({ side, size }: { side: 'height' | 'width'; size: string }) => ({
      message: `one factor has the ${side} 1 and is spread over the ${side} ${size} of the other`,
      suggestion:
        'write globalAverage where one coefficient is meant for all, else bring it to size',
    }),
    level: ({ map, skip, by, at }: { map: string; skip: string; by: string; at: Span }) => ({
      message: `the coefficients come from a map of ${map}, the skip is ${skip}`,
      related: [{ span: at, message: `${by} fits whatever comes` }],
      suggestion: 'feed the map of the level below, or upsample by a factor that is written down',
    }),
  }),
  /** `dividend` is the last operand before the comment, but for one that ends a product. */
  /** How many are not told. */
  NET0911: warning('More warnings', ({ count }: { count: number }) => ({
    message: `${counted(count, 'more warning')} from here on ${count === 1 ? 'is' : 'are'} not shown`,
    suggestion: 'mend the first ones, and check again',
  })),
  NET0910: warning(
    'Comment like a division',
    ({ dividend, divisor }: { dividend: Span | null; divisor: string }, { span }) => {
      const whole = dividend && `floor(${textOf(dividend)} / ${divisor})`;
      return {
        message: `\`${textOf(span)}\` is a comment: nothing is divided`,
        suggestion: whole
          ? replace(
              { ...span, start: dividend.start },
              whole,
              `the whole part of the quotient is \`${whole}\``,
            )
          : `the whole part of a quotient is \`floor(a / ${divisor})\``,
        otherReading: 'for a remark, write more words than one',
      };
    },
  ),
};
