// All of chevrotain that is loaded comes through here. The builds put the package's bundle in the place of its entry, which
// loads six hundred small lodash files: that takes longer than all the rest of `netc check`.
export {
  CstParser,
  createToken,
  createTokenInstance,
  EOF,
  Lexer,
  tokenLabel,
  tokenMatcher,
} from 'chevrotain';
