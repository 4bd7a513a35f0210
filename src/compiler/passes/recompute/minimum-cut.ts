/** Vertices 0, 1, ... with what each costs, and edges between them. */
export interface Network {
  readonly costs: readonly number[];
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly sources: readonly number[];
  readonly sinks: readonly number[];
}

/**
 * The vertices of least cost in all without which no path leads from a source to a sink, by the greatest flow (Ford and
 * Fulkerson 1956; Dinic 1970); of several such sets the one nearest to the sinks. Sources and sinks may be among them.
 */
export function minimumCut({ costs, edges, sources, sinks }: Network): readonly number[] {
  const count = costs.length;
  // A vertex is an edge of its cost, from 2 v to 2 v + 1.
  const flow = new Flow(2 * count + 2);
  const [source, sink] = [2 * count, 2 * count + 1];
  costs.forEach((cost, v) => {
    flow.edge(2 * v, 2 * v + 1, cost);
  });
  for (const [from, to] of edges) flow.edge(2 * from + 1, 2 * to, Number.POSITIVE_INFINITY);
  for (const v of sources) flow.edge(source, 2 * v, Number.POSITIVE_INFINITY);
  for (const v of sinks) flow.edge(2 * v + 1, sink, Number.POSITIVE_INFINITY);
  flow.fill(source, sink);
  const beyond = flow.leadingTo(sink);
  return [...costs.keys()].filter((v) => beyond[2 * v + 1] && !beyond[2 * v]);
}

/** Edges with what they still carry; edge i ^ 1 is edge i backwards. */
class Flow {
  readonly #heads: number[] = [];
  readonly #rest: number[] = [];
  readonly #from: number[][];

  constructor(vertices: number) {
    this.#from = Array.from({ length: vertices }, () => []);
  }

  edge(from: number, to: number, capacity: number): void {
    this.#from[from]!.push(this.#heads.length);
    this.#heads.push(to);
    this.#rest.push(capacity);
    this.#from[to]!.push(this.#heads.length);
    this.#heads.push(from);
    this.#rest.push(0);
  }

  fill(source: number, sink: number): void {
    for (;;) {
      const levels = this.#levels(source);
      if (levels[sink] === -1) return;
      this.#block(source, sink, levels);
    }
  }

  /** By vertex, whether what flows into it could still reach `sink`. */
  leadingTo(sink: number): readonly boolean[] {
    const leads = this.#from.map(() => false);
    leads[sink] = true;
    const stack = [sink];
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      for (const e of this.#from[v]!) {
        const before = this.#heads[e]!;
        if (this.#rest[e ^ 1] === 0 || leads[before]) continue;
        leads[before] = true;
        stack.push(before);
      }
    }
    return leads;
  }

  /** How many edges that still carry something lead to each vertex; -1 where none do. */
  #levels(source: number): Int32Array {
    const levels = new Int32Array(this.#from.length).fill(-1);
    levels[source] = 0;
    const queue = [source];
    for (const v of queue) {
      for (const e of this.#from[v]!) {
        const to = this.#heads[e]!;
        if (this.#rest[e] === 0 || levels[to] !== -1) continue;
        levels[to] = levels[v]! + 1;
        queue.push(to);
      }
    }
    return levels;
  }

  /** Sends what it can along paths that go up one level an edge. Written with a stack: paths are as long as the graph. */
  #block(source: number, sink: number, levels: Int32Array): void {
    const next = new Int32Array(this.#from.length);
    const path: number[] = [];
    for (let v = source; ; ) {
      if (v === sink) {
        const sent = path.reduce(
          (least, e) => Math.min(least, this.#rest[e]!),
          Number.POSITIVE_INFINITY,
        );
        for (const e of path) {
          this.#rest[e]! -= sent;
          this.#rest[e ^ 1]! += sent;
        }
        path.length = path.findIndex((e) => this.#rest[e] === 0);
        v = path.length === 0 ? source : this.#heads[path.at(-1)!]!;
      }
      const e = this.#from[v]![next[v]!];
      if (e === undefined) {
        if (v === source) return;
        v = this.#heads[path.pop()! ^ 1]!;
        next[v]!++;
      } else if (this.#rest[e]! > 0 && levels[this.#heads[e]!] === levels[v]! + 1) {
        path.push(e);
        v = this.#heads[e]!;
      } else next[v]!++;
    }
  }
}
