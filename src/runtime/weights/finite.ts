import type { StoredTensor } from './safetensors/format.js';

/** Whether no number of a tensor is NaN or infinite. */
export function finite({ data }: StoredTensor): boolean {
  if (data instanceof BigInt64Array || data instanceof Int32Array) return true;
  for (const value of data) if (!Number.isFinite(value)) return false;
  return true;
}
