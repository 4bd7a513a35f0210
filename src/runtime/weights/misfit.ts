/** A tensor that is missing, misshapen or surplus. */
export interface Misfit {
  readonly message: string;
  /** Where it belongs in the network, as far as that is known. */
  readonly path?: string;
  /** The extents that the file has, and those that would fit, in the file's order of axes. */
  readonly extents?: { readonly given: readonly number[]; readonly wanted: readonly number[] };
}

export const printExtents = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** More lines than this say less than the first few of them. */
const mostLines = 6;

/** The messages of misfits, of many the first three and how many more there are. */
export const listed = (misfits: readonly Misfit[]): readonly string[] =>
  shortened(misfits.map(({ message }) => message));

/** Of many messages the first three and how many more there are. */
export function shortened(messages: readonly string[]): readonly string[] {
  if (messages.length <= mostLines) return messages;
  return [...messages.slice(0, 3), `and ${messages.length - 3} more tensors do not fit`];
}
