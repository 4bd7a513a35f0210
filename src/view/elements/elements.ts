type Child = Node | string;

/** An element with attributes and children; strings become text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(label: string, onClick: () => void, name = label): HTMLButtonElement {
  const made = element('button', { type: 'button', 'aria-label': name, title: name }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A list to choose from, with its name before it. */
export function choice(
  label: string,
  onChoose: (value: string) => void,
): { readonly field: HTMLLabelElement; readonly fill: (values: Options, chosen: string) => void } {
  const select = element('select');
  select.addEventListener('change', () => onChoose(select.value));
  const fill = (values: Options, chosen: string): void => {
    select.replaceChildren(
      ...values.map(([value, text]) => {
        const option = element('option', { value }, text);
        option.selected = value === chosen;
        return option;
      }),
    );
  };
  return { field: element('label', {}, `${label} `, select), fill };
}

export type Options = readonly (readonly [value: string, text: string])[];

/** Puts a text into a live region; what is said again is not read out again. */
export function say(region: HTMLElement, text: string): void {
  if (region.textContent !== text) region.textContent = text;
}

/** Runs `task` once calls have ceased for so many milliseconds. */
export function settled(milliseconds: number, task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, milliseconds);
  };
}
