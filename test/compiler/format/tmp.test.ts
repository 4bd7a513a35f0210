import { test } from 'vitest';
import { readerOf } from '../resolve/texts.js';
import { formatted, graphsOf } from './preserved.js';
import { randomProgram } from './random-program.js';

const tally = new Map<string, number>();
test('format', () => {
  let fails = 0;
  const shown: string[] = [];
  const from = Number(process.env.FROM ?? 0);
  let t1 = 0,
    t2 = 0;
  for (let seed = from; seed < from + Number(process.env.N ?? 200); seed++) {
    const { plain, rough } = randomProgram(seed);
    const a = performance.now();
    const before = graphsOf(
      'main.net',
      readerOf({ 'main.net': plain.main, 'library.net': plain.library }),
    );
    const kind = before
      .map((g) =>
        g.startsWith('graph')
          ? 'graph'
          : g
              .split('\n')[0]
              .replace(/\w+_\d+/g, '_')
              .slice(0, 60),
      )
      .join(' ');
    tally.set(kind, (tally.get(kind) ?? 0) + 1);
    t1 += performance.now() - a;
    try {
      const main = formatted(rough.main),
        library = formatted(rough.library);
      const same = (m: string, l: string, w: string) => {
        const g = graphsOf('main.net', readerOf({ 'main.net': m, 'library.net': l }));
        if (g.join() !== before.join()) throw new Error(w + g.join().slice(0, 200));
      };
      same(rough.main, rough.library, 'ROUGH');
      same(main, library, 'FMT');
    } catch (e) {
      fails++;
      if (shown.length < 4) {
        shown.push(`seed ${seed}: ${String((e as Error).message).slice(0, 1500)}`);
      }
    }
    t2 += performance.now() - a;
  }
  console.log('fails', fails, t1, t2, tally, shown.join('\n=====\n'));
});
