import type { Explanations } from './explanation.js';

/** NET00xx: what cannot be read. */
export const textExplanations = {
  NET0001: {
    meaning:
      'This character has no meaning outside of strings and comments. It is usually a habit from another language: a semicolon, single quotes, `&&`, or an arrow pasted as one character. netc does not guess what was meant, because a wrong guess could give a different network that trains without an error. Replace it with what the message suggests. See rule text-1 of the reference.',
    wrong: 'block Unit(x) { x → relu }',
    right: 'block Unit(x) { x -> relu }',
  },
  NET0002: {
    meaning:
      'The line is correct up to the marked word, but cannot continue with it. Often something before it is missing: a comma between two arguments, an operator between two values, or the word that begins the line. The message says what could stand there. The rest of the file is still read, so other errors are independent of this one. See rule grammar-1 of the reference.',
    wrong: 'block Unit(x) { x -> Conv(64 3) }',
    right: 'block Unit(x) { x -> Conv(64, 3) }',
  },
  NET0003: {
    meaning:
      'A string begins with `"`, and the line ends before the closing `"`. Strings must end on the same line, so that a forgotten quote does not swallow the rest of the file. Close the string where it ends. See rule text-3 of the reference.',
    wrong: 'block Unit(x) { x -> Conv(64, padding: "same) }',
    right: 'block Unit(x) { x -> Conv(64, padding: "same") }',
  },
  NET0004: {
    meaning:
      'Every `(`, `[` and `{` needs its closing bracket; here one is missing, or there is one too many. Where a bracket closes decides what an arrow or an operator applies to, so netc does not choose a place by itself. To find the bracket without a partner, it looks at the words that begin lines, the words that need braces, and the indentation. Write the missing bracket where the message says, or remove the extra one. See rule grammar-1 of the reference.',
    wrong: 'block Unit(x) {\n  let y = x -> Conv(64\n  y -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> Conv(64)\n  y -> relu\n}',
  },
  NET0005: {
    meaning:
      'The keywords of the language, such as `input`, `with` or `repeat`, cannot be names, because a line that begins with one could be read in two ways. Choose another name. See rule text-4 of the reference.',
    wrong: 'block Unit(x) {\n  let output = x -> relu\n  output\n}',
    right: 'block Unit(x) {\n  let result = x -> relu\n  result\n}',
  },
  NET0006: {
    meaning:
      'The first letter of a name tells what it is. A name with a capital letter is a block or a model, and an arrow to it makes new weights. A name with a small letter is a value, an operation or an instance, and an arrow to it makes none. So every line shows whether weights are made or shared, and the wrong case would hide that. Change the first letter. See rule names-1 of the reference.',
    wrong: 'block unit(x) { x -> relu }',
    right: 'block Unit(x) { x -> relu }',
  },
  NET0007: {
    meaning:
      'An arrow stands next to an operator, and the line can be read in two ways: `u + u -> Conv(64)` could feed the sum to the convolution, or only the second `u`. Both have valid shapes and train, but only one is the network that was meant. Put brackets around the part that belongs together. A line that begins with `-` continues the line before it, so it can cause this error too. See rule precedence-2 of the reference.',
    wrong: 'block Unit(u) { u + u -> Conv(64) }',
    right: 'block Unit(u) { u + (u -> Conv(64)) }',
  },
  NET0008: {
    meaning:
      'A comparison gives true or false, and that cannot be compared with a number: `0 < depth < 5` would ask whether true is less than 5. Write two comparisons and join them with `and`. See rule precedence-1 of the reference.',
    wrong:
      'block Unit(depth) (x) {\n  require 0 < depth < 5, "depth counts the halvings"\n  x -> relu\n}',
    right:
      'block Unit(depth) (x) {\n  require 0 < depth and depth < 5, "depth counts the halvings"\n  x -> relu\n}',
  },
  NET0009: {
    meaning:
      'A line computes a value that nothing uses. Only the last line of a body is its result; a model has no result, only named outputs. A layer on such a line would silently be left out of the network. Bind the value with `let`, join the line to the next one with `->`, or make it an output. See rule grammar-2 of the reference.',
    wrong: 'block Unit(x) {\n  x -> Conv(64)\n  x -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> Conv(64)\n  y -> relu\n}',
  },
  NET0010: {
    meaning:
      'The value of a body is its last line, but here the last line binds or requires something and gives no value. netc does not guess the result, because any of the names could be meant. Add a last line with the result. See rule grammar-2 of the reference.',
    wrong: 'block Unit(x) {\n  let y = x -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> relu\n  y\n}',
  },
  NET0011: {
    meaning:
      '`input` and `output` lines belong to a whole network: they name the images that go in and the masks that come out. They must be directly inside the braces of a model, not in a block, a branch or a loop. A block takes its inputs from the list before its braces, and its result is its last line. See rule grammar-3 of the reference.',
    wrong: 'block Unit(x) {\n  output mask = x -> relu\n  mask\n}',
    right: 'block Unit(x) {\n  let mask = x -> relu\n  mask\n}',
  },
  NET0012: {
    meaning:
      'An `if` is a value: that of one of its two branches. Without an `else` there would be no value when the condition is false, and the lines that use it would have nothing to work with. Write what the value is otherwise; often that is the unchanged input. See rule control-1 of the reference.',
    wrong: 'block Unit(deep) (x) {\n  let y = if deep { x -> Conv(64) }\n  y -> relu\n}',
    right: 'block Unit(deep) (x) {\n  let y = if deep { x -> Conv(64) } else { x }\n  y -> relu\n}',
  },
  NET0013: {
    meaning:
      'The last list before the braces of a block names its inputs: the tensors that an arrow brings. A tensor has no default. A block with configuration has two lists, first the configuration and then the inputs. If the default belongs to a parameter, move the inputs to a second list of their own. See rule grammar-1 of the reference.',
    wrong: 'block Unit(x, kernel = 3) { x -> Conv(64, kernel: kernel) }',
    right: 'block Unit(kernel = 3) (x) { x -> Conv(64, kernel: kernel) }',
  },
  NET0014: {
    meaning:
      'A `repeat` carries a state from one step to the next, and `with` names this state and its initial value. Without a state, all steps would compute the same, and only the last one would count. Name the state and use it inside the braces. See rule grammar-1 of the reference.',
    wrong: 'block Unit(x) { repeat 2 { x -> Conv(64) } }',
    right: 'block Unit(x) { repeat 2 with y = x { y -> Conv(64) } }',
  },
  NET0015: {
    meaning:
      'The name of an argument is followed by `:`. The sign `=` binds a new name, or gives a default in the declaration of a parameter, so the two cannot be confused. Write `:`. See rule grammar-1 of the reference.',
    wrong: 'block Unit(x) { x -> Conv(64, kernel = 1) }',
    right: 'block Unit(x) { x -> Conv(64, kernel: 1) }',
  },
  NET0016: {
    meaning:
      'Expressions are nested too deeply for the compiler: the limit is about eighty brackets or a thousand operators in one expression. Such text usually comes from a program. Name parts of it with `let`, or use a loop. See rule grammar-4 of the reference.',
    wrong: `block Unit(x) { ${'('.repeat(90)}x${')'.repeat(90)} }`,
    right: 'block Unit(x) {\n  let inner = (x)\n  (inner)\n}',
  },
  NET0017: {
    meaning:
      'A hundred errors are shown, and this line says how many more there are. It stands at the first that is left out. Mend the first ones and check again: one mistake can be the cause of many. See rule text-6 of the reference.',
    wrong: `block Unit(x) { x -> relu }${' ;'.repeat(101)}`,
    right: 'block Unit(x) { x -> relu }',
  },
  NET0018: {
    meaning:
      'The file that was named or imported is not read: it is not written in this language, is no regular file, has more than 16 MB or more than 250,000 words and signs, or lies outside the folder that an editor has open. Its lines are not shown, because the file that a network from somebody else imports may be any file of this computer. Name a file that defines a block or a model. See rule text-6 of the reference.',
    wrong: 'import { Unit } from "notes.net"\n\nblock Twice(x) { x -> Unit -> Unit }',
    right: 'import { Unit } from "units.net"\n\nblock Twice(x) { x -> Unit -> Unit }',
    files: { 'notes.net': 'remember the milk\n', 'units.net': 'block Unit(x) { x -> relu }\n' },
  },
} as const satisfies Explanations;
