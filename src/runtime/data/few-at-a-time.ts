/** What `use` makes of each item, in their order; no more than `count` are worked on at a time. */
export async function fewAtATime<T, R>(
  items: readonly T[],
  count: number,
  use: (item: T) => Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  for (let i = 0; i < items.length; i += count) {
    made.push(...(await Promise.all(items.slice(i, i + count).map(use))));
  }
  return made;
}
