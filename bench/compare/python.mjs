// The Python that the peers run in.
export const python = process.env.NETC_BENCH_PYTHON ?? 'python3';

export const advice =
  'NETC_BENCH_PYTHON names a python with what bench/peers/timing/requirements.txt lists; docs/performance.md has the commands.';
