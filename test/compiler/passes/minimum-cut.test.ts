import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minimumCut, type Network } from '../../../src/compiler/passes/recompute/minimum-cut.js';

it('takes the cheap vertex that all paths go through', () => {
  const edges = [
    [0, 2],
    [1, 2],
    [2, 3],
    [2, 4],
  ] as const;
  const network = { costs: [2, 2, 3, 2, 2], edges, sources: [0, 1], sinks: [3, 4] };
  expect(minimumCut(network)).toEqual([2]);
});

it('of sets that cost the same takes the one nearest to the sinks', () => {
  const chain = [
    [0, 1],
    [1, 2],
  ] as const;
  const network = { costs: [4, 4, 4], edges: chain, sources: [0], sinks: [2] };
  expect(minimumCut(network)).toEqual([2]);
});

it('takes none where no path leads to a sink', () => {
  const network = { costs: [1, 1, 1], edges: [[0, 1]] as const, sources: [0], sinks: [2] };
  expect(minimumCut(network)).toEqual([]);
});

/** Edges lead from lower numbers to higher ones, as in a graph of operations. */
const randomNetwork: fc.Arbitrary<Network> = fc
  .record({
    costs: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 }),
    pairs: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 16 }),
    sources: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    sinks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  })
  .map(({ costs, pairs, sources, sinks }) => {
    const within = (n: number): number => n % costs.length;
    const edges = pairs.map(([a, b]) => [within(a), within(b)] as const).filter(([a, b]) => a < b);
    return { costs, edges, sources: sources.map(within), sinks: sinks.map(within) };
  });

/** Whether some path still leads from a source to a sink. */
function leaks({ edges, sources, sinks, costs }: Network, cut: ReadonlySet<number>): boolean {
  const reached = new Set(sources.filter((v) => !cut.has(v)));
  for (let round = 0; round < costs.length; round++)
    for (const [a, b] of edges) if (reached.has(a) && !cut.has(b)) reached.add(b);
  return sinks.some((v) => reached.has(v));
}

it('costs the least of all sets that cut, on small networks', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      const { costs } = network;
      const costOf = (cut: Iterable<number>): number =>
        [...cut].reduce((sum, v) => sum + costs[v]!, 0);
      const subsets = Array.from({ length: 2 ** costs.length }, (_, bits) => {
        return new Set([...costs.keys()].filter((v) => bits & (1 << v)));
      });
      const least = Math.min(...subsets.filter((cut) => !leaks(network, cut)).map(costOf));
      const found = new Set(minimumCut(network));
      expect(leaks(network, found)).toBe(false);
      expect(costOf(found)).toBe(least);
    }),
  );
});
