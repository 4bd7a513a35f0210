export type TorchFormat = 'zip' | 'legacy';

/** How many of a file's first bytes tell its format. */
export const tellingBytes = 9;

/**
 * Which of torch.save's two formats begins so, a zip file or a pickle; undefined for another. A safetensors file, whose
 * first bytes are a length, may look like a pickle up to the bracket that its header begins with.
 */
export function torchFormat(begin: Uint8Array): TorchFormat | undefined {
  const [first, second] = begin;
  if (first === 0x50 && second === 0x4b) return 'zip';
  return first === 0x80 && second! <= 5 && begin[8] !== 0x7b ? 'legacy' : undefined;
}
