import { expect, it } from 'vitest';
import { whyNoHalf } from '../../../src/runtime/engines/half-precision.js';

const cpu = {
  name: 'tensorflow',
  description: 'TensorFlow 2.21.0, CPU, 2 threads, oneDNN',
} as const;

it('is for GPUs, and for CPUs with instructions for it', () => {
  expect(whyNoHalf({ ...cpu, description: 'TensorFlow 2.21.0, GPU' }, [])).toBeNull();
  expect(whyNoHalf(cpu, ['avx2', 'avx512f', 'avx512_bf16'])).toBeNull();
  expect(whyNoHalf(cpu, ['amx_tile', 'amx_bf16'])).toBeNull();
});

it('says why it is not used elsewhere', () => {
  expect(whyNoHalf(cpu, ['avx2', 'avx512f'])).toMatch(
    /^this CPU \(.+\) has no instructions for bfloat16 \(avx512_bf16 or amx_bf16\)/,
  );
  const own = { ...cpu, description: `${cpu.description}, netc kernels 0123456789ab` };
  expect(whyNoHalf(own, ['avx512_bf16'])).toMatch(/^netc's own convolutions in float32 take less/);
  expect(whyNoHalf({ name: 'portable', description: 'tfjs' }, ['avx512_bf16'])).toBe(
    'the portable engine computes in float32 alone',
  );
});
