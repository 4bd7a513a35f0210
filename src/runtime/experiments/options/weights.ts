/** Where the weights of a network come from, and which of them. */
export interface WeightsOptions {
  /** A run's folder, a safetensors file or a checkpoint of PyTorch. */
  readonly from: string;
  /** A map of the names in it; null: they are the network's own paths. */
  readonly map: string | null;
  /** Patterns of the paths that are taken from it; none: all. */
  readonly only: readonly string[];
  /** Patterns of the paths that are not. */
  readonly except: readonly string[];
}
