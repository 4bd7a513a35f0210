import type { Doc } from './doc.js';
import { Page } from './page.js';

interface Entry {
  readonly doc: Doc;
  readonly level: number;
  /** No line of it ends. */
  readonly flat: boolean;
}

/** The text of a document whose groups stay on one line where they fit into `width` columns. */
export function layOut(doc: Doc, width: number): string {
  const page = new Page();
  const todo: Entry[] = [{ doc, level: 0, flat: false }];
  for (let entry = todo.pop(); entry; entry = todo.pop()) {
    const { doc, level, flat } = entry;
    if (doc.kind === 'concat') {
      for (const part of doc.parts.toReversed()) todo.push({ doc: part, level, flat });
    } else if (doc.kind === 'indent') {
      todo.push({ doc: doc.inner, level: level + 1, flat });
    } else if (doc.kind === 'group') {
      const room = width - page.column(level);
      const fitting = flat || (!doc.hard && fits(doc.inner, todo, room));
      todo.push({ doc: doc.inner, level, flat: fitting });
    } else write(page, doc, level, flat);
  }
  return page.text();
}

type Word = Exclude<Doc, { kind: 'concat' | 'indent' | 'group' }>;

function write(page: Page, doc: Word, level: number, flat: boolean): void {
  if (doc.kind === 'text') page.word(doc.text, level);
  else if (doc.kind === 'space') page.space();
  else if (doc.kind === 'blankLine') page.blankLine();
  else if (doc.kind === 'remark') page.remark(doc.text, level);
  else if (doc.kind === 'comment') page.comment(doc.text, level);
  else if (doc.kind === 'comma') {
    if (!(doc.added && flat)) page.comma(level);
  } else if (!flat) page.endLine();
  else if (doc.flat === ' ') page.space();
}

/**
 * Whether `doc` on one line, with what follows it up to the next place where a line can end, takes
 * no more than `room` columns.
 */
function fits(doc: Doc, behind: readonly Entry[], room: number): boolean {
  const todo: Pick<Entry, 'doc' | 'flat'>[] = [{ doc, flat: true }];
  let next = behind.length;
  let left = room;
  /** A comment ends the line, and of what follows only a comma comes before it. */
  let remarked = false;
  while (left >= 0) {
    const entry = todo.pop() ?? behind[--next];
    if (!entry) return true;
    const { doc, flat } = entry;
    switch (doc.kind) {
      case 'concat':
        for (const part of doc.parts.toReversed()) todo.push({ doc: part, flat });
        break;
      case 'indent':
        todo.push({ doc: doc.inner, flat });
        break;
      case 'group':
        todo.push({ doc: doc.inner, flat: flat || !(doc.hard || doc.yields) });
        break;
      case 'text':
        if (remarked) return true;
        left -= doc.text.length;
        break;
      case 'space':
        if (remarked) return true;
        left -= 1;
        break;
      case 'comma':
        if (!(doc.added && flat)) left -= 1;
        break;
      case 'line':
        if (!flat || remarked) return true;
        left -= doc.flat.length;
        break;
      case 'remark':
        remarked = true;
        break;
      default:
        return true;
    }
  }
  return false;
}
