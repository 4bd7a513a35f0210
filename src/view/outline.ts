import { headingOf } from '../compiler/emit/diagram/labels.js';
import { button, element } from './elements/elements.js';
import type { ShownBox } from './side.js';

/** The drawing as nested lists, for a screen reader and for who would rather read: made as far as it is opened. */
export function outlineOf(
  boxes: readonly ShownBox[],
  onChoose: (box: ShownBox) => void,
): HTMLUListElement {
  const inside = new Map<string | null, ShownBox[]>();
  for (const box of boxes) {
    const known = inside.get(box.parent);
    if (known) known.push(box);
    else inside.set(box.parent, [box]);
  }
  const listOf = (parent: string | null): HTMLUListElement =>
    element('ul', {}, ...(inside.get(parent) ?? []).map(entryOf));
  const entryOf = (box: ShownBox): HTMLLIElement => {
    const name = button(labelOf(box), () => onChoose(box));
    name.className = 'entry';
    if (box.inside === 0) return element('li', {}, name);
    const summary = element('summary', {}, `${box.inside} inside`);
    const details = element('details', {}, summary);
    details.addEventListener('toggle', () => {
      if (details.open && details.childElementCount === 1) details.append(listOf(box.id));
    });
    return element('li', {}, name, details);
  };
  return listOf(null);
}

function labelOf(box: ShownBox): string {
  const { kind, title, path, shapes } = box;
  const isNamed = kind === 'block' || kind === 'operation';
  const what = isNamed ? headingOf(box) : `${kind} ${headingOf(box)}`;
  const gives = shapes.length > 0 ? ` gives ${shapes.join(', ')}` : '';
  return path === title ? `${what}${gives}` : `${what}${gives}, at ${path}`;
}
