import { element } from './elements.js';

/** The Markdown that hovers are written in: paragraphs, lists, code in lines and fences. All else is text. */
export function markdown(text: string): readonly HTMLElement[] {
  return text.split(/\n{2,}(?![^`]*```$)/).map((part) => {
    const fence = /^```\w*\n([\s\S]*?)\n?```$/.exec(part);
    if (fence) return element('pre', {}, fence[1] ?? '');
    const lines = part.split('\n');
    if (lines.every((line) => line.startsWith('- ') || line.startsWith('and '))) {
      return element(
        'ul',
        {},
        ...lines.map((line) => element('li', {}, ...inline(line.replace(/^- /, '')))),
      );
    }
    return element('p', {}, ...inline(part));
  });
}

/** Text with `code` in it. */
const inline = (text: string): readonly (Node | string)[] =>
  text.split('`').map((part, i) => (i % 2 === 0 ? part : element('code', {}, part)));
