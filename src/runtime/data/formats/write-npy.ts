/**
 * NumPy's file of an array of float32 in the order of rows, version 1.0: what `numpy.load` reads.
 * @param parts the values, one piece after the other
 */
export function npyOf(shape: readonly number[], parts: readonly Float32Array[]): Buffer {
  const sizes = shape.join(', ') + (shape.length === 1 ? ',' : '');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  // The values begin at a multiple of 64 bytes, after a header that ends its line.
  const start = Math.ceil((10 + header.length + 1) / 64) * 64;
  const head = Buffer.alloc(start, ' ');
  head.write('\x93NUMPY\x01\x00', 0, 'latin1');
  head.writeUInt16LE(start - 10, 8);
  head.write(header, 10, 'latin1');
  head.write('\n', start - 1, 'latin1');
  return Buffer.concat([head, ...parts.map(bytesOf)]);
}

function bytesOf(values: Float32Array): Buffer {
  const data = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) data.writeFloatLE(value, i * 4);
  return data;
}
