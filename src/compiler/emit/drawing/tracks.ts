/** The lines side by side in one channel. Tensors whose stretches touch have a track each; one tensor has one track. */
export class Tracks {
  readonly #stretches = new Map<string, { from: number; to: number }>();
  #tracks: ReadonlyMap<string, number> | undefined;
  #count = 0;

  /** Takes the stretch between two places along the channel for a tensor, with what lies between it and what it has already. */
  claim(key: string, a: number, b: number): void {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const known = this.#stretches.get(key);
    if (known) {
      known.from = Math.min(known.from, from);
      known.to = Math.max(known.to, to);
    } else this.#stretches.set(key, { from, to });
  }

  /** Which track a tensor has, from 0. */
  trackOf(key: string): number {
    return this.#assigned().get(key)!;
  }

  get count(): number {
    this.#assigned();
    return this.#count;
  }

  /** By where they begin, each on the first track that is free there. */
  #assigned(): ReadonlyMap<string, number> {
    if (this.#tracks) return this.#tracks;
    const tracks = new Map<string, number>();
    const ends: number[] = [];
    const sorted = [...this.#stretches].sort(([, a], [, b]) => a.from - b.from || b.to - a.to);
    for (const [key, { from, to }] of sorted) {
      const free = ends.findIndex((end) => end < from);
      const track = free < 0 ? ends.length : free;
      ends[track] = to;
      tracks.set(key, track);
    }
    this.#count = ends.length;
    this.#tracks = tracks;
    return tracks;
  }
}
