import { element } from '../elements/elements.js';
import { colourOf } from './paint.js';

/** A class and its colour, in a list of them. */
export function classEntry(name: string, i: number): HTMLLIElement {
  const mark = element('span', { class: 'mark', 'aria-hidden': 'true' });
  mark.style.background = colourOf(i + 1);
  return element('li', {}, mark, name);
}
