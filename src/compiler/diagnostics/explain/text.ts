import type { Explanations } from './explanation.js';

/** NET00xx: what cannot be read. */
export const textExplanations = {
  NET0001: {
    meaning:
      'A character stands outside of texts and comments that the language gives no meaning to. It is usually a habit from another language: a semicolon, single quotes, `&&`, or an arrow pasted as one character. Nothing is guessed from it, since a guess could give a network that trains and is another one. Replace it by what this language writes.',
    wrong: 'block Unit(x) { x → relu }',
    right: 'block Unit(x) { x -> relu }',
  },
  NET0002: {
    meaning:
      'The line is right up to the word that is marked, and no line can go on with that word. Often something before it is missing: a comma between two arguments, an operator between two values, or the word that begins the line. The message says what could have stood there. The rest of the file is read on, so other messages are mistakes of their own.',
    wrong: 'block Unit(x) { x -> Conv(64 3) }',
    right: 'block Unit(x) { x -> Conv(64, 3) }',
  },
  NET0003: {
    meaning:
      'A text begins with `"` and its line ends before the second `"`. Texts stand on one line, so that a forgotten quote does not swallow the rest of the file. Close the text where it ends.',
    wrong: 'block Unit(x) { x -> Conv(64, padding: "same) }',
    right: 'block Unit(x) { x -> Conv(64, padding: "same") }',
  },
  NET0004: {
    meaning:
      'Every `(`, `[` and `{` needs the bracket that closes it, and one is missing or too many. Where a bracket closes decides what an arrow or an operator takes, so netc does not choose a place by itself. It compares the words that begin lines, the ones that ask for braces, and the indentation to find the bracket that lacks its partner. Write the partner where the message says, or remove the bracket that is too many.',
    wrong: 'block Unit(x) {\n  let y = x -> Conv(64\n  y -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> Conv(64)\n  y -> relu\n}',
  },
  NET0005: {
    meaning:
      'The words of the language, such as `input`, `with` or `repeat`, cannot be names: a line that begins with one could be read in two ways. Choose another name.',
    wrong: 'block Unit(x) {\n  let output = x -> relu\n  output\n}',
    right: 'block Unit(x) {\n  let result = x -> relu\n  result\n}',
  },
  NET0006: {
    meaning:
      'The first letter of a name tells what it is. A name with a capital letter is a block or a model, and an arrow to it makes new weights; a name with a small letter is a value, an operation or an instance, and an arrow to it makes none. So a reader sees in each line whether weights are made or shared, and the wrong case would hide that. Change the first letter.',
    wrong: 'block unit(x) { x -> relu }',
    right: 'block Unit(x) { x -> relu }',
  },
  NET0007: {
    meaning:
      'An arrow stands beside an operator, and the line can be read in two ways: `u + u -> Conv(64)` feeds the sum to the convolution, or only the second `u`. Both have the right shapes and train, and only one of them is the network that was meant. Put brackets around the part that belongs together. A line that begins with `-` continues the line before, so it can bring this mistake too.',
    wrong: 'block Unit(u) { u + u -> Conv(64) }',
    right: 'block Unit(u) { u + (u -> Conv(64)) }',
  },
  NET0008: {
    meaning:
      'A comparison gives true or false, and that is no number to compare again: `0 < depth < 5` would ask whether true is less than 5. Write two comparisons and join them by `and`.',
    wrong:
      'block Unit(depth) (x) {\n  require 0 < depth < 5, "depth counts the halvings"\n  x -> relu\n}',
    right:
      'block Unit(depth) (x) {\n  require 0 < depth and depth < 5, "depth counts the halvings"\n  x -> relu\n}',
  },
  NET0009: {
    meaning:
      'A line computes a value that nothing takes. Only the last line of a body is its result; a model has no result at all, but outputs with names. A layer written on such a line would be left out of the network without a word. Bind the value with `let`, join the line to the next one by `->`, or name it as an output.',
    wrong: 'block Unit(x) {\n  x -> Conv(64)\n  x -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> Conv(64)\n  y -> relu\n}',
  },
  NET0010: {
    meaning:
      'The value of a body is its last line, and here the last line binds or requires something instead of giving a value. What comes out of a block is never guessed, since any of its names could be meant. Add a last line with the result.',
    wrong: 'block Unit(x) {\n  let y = x -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> relu\n  y\n}',
  },
  NET0011: {
    meaning:
      'An `input` or an `output` is a door of a whole network: images come in and masks go out there. It stands directly in the braces of a model, not in a block, a branch or a loop. A block takes its inputs from the list before its braces, and its last line is what it gives.',
    wrong: 'block Unit(x) {\n  output mask = x -> relu\n  mask\n}',
    right: 'block Unit(x) {\n  let mask = x -> relu\n  mask\n}',
  },
  NET0012: {
    meaning:
      'An `if` is a value: that of one of its two branches. Without `else` there would be no value where the condition is false, and the lines that use it would have nothing to take. Write what it is otherwise; often that is the value unchanged.',
    wrong: 'block Unit(deep) (x) {\n  let y = if deep { x -> Conv(64) }\n  y -> relu\n}',
    right: 'block Unit(deep) (x) {\n  let y = if deep { x -> Conv(64) } else { x }\n  y -> relu\n}',
  },
  NET0013: {
    meaning:
      'The last list before the braces of a block names its inputs: the tensors that an arrow brings. A tensor has no default. A block with configuration has two lists, the first for the configuration and the last for the inputs. If the default was meant for configuration, write the inputs in a list of their own behind it.',
    wrong: 'block Unit(x, kernel = 3) { x -> Conv(64, kernel: kernel) }',
    right: 'block Unit(kernel = 3) (x) { x -> Conv(64, kernel: kernel) }',
  },
  NET0014: {
    meaning:
      'A `repeat` carries a state from one step to the next, and `with` gives the state its name and its start. Without a state all steps would compute the same, and only the last would count. Name the state and use it in the braces.',
    wrong: 'block Unit(x) { repeat 2 { x -> Conv(64) } }',
    right: 'block Unit(x) { repeat 2 with y = x { y -> Conv(64) } }',
  },
  NET0015: {
    meaning:
      'The name of an argument is followed by `:`. The sign `=` binds a new name or gives a default where a parameter is declared, so the two are never taken for each other. Write `:`.',
    wrong: 'block Unit(x) { x -> Conv(64, kernel = 1) }',
    right: 'block Unit(x) { x -> Conv(64, kernel: 1) }',
  },
  NET0016: {
    meaning:
      'Expressions stand inside each other more deeply than the compiler can follow: some eighty brackets or a thousand operators in one expression. No one writes this by hand, so the text most likely comes from a program. Name parts with `let`, or use a loop.',
    wrong: `block Unit(x) { ${'('.repeat(90)}x${')'.repeat(90)} }`,
    right: 'block Unit(x) {\n  let inner = (x)\n  (inner)\n}',
  },
} as const satisfies Explanations;
