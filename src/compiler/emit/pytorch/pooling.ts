import type { PoolAttributes } from '../../ops/pooling/geometry.js';
import type { RegionAttributes } from '../../ops/pooling/regions.js';
import { ExportError } from '../export-error.js';
import { paddingOf } from '../padding.js';
import { isEven, sides } from './blocks.js';
import { atom, Level, pair } from './code.js';
import type { Expression } from './operations.js';

export const pooled =
  (kind: 'max' | 'avg'): Expression<PoolAttributes> =>
  (o, { window, strides, padding }, { operands: [x], results: [y, switches] }) => {
    const pads = paddingOf(x.type.shape, y.type.shape, {
      taps: window,
      strides,
      dilations: [1, 1],
      padding,
    });
    const stride = String(strides) === String(window) ? '' : `, stride=${pair(strides)}`;
    const indices = switches ? ', return_indices=True' : '';
    const before = pads.map((axis) => axis.before);
    const pool = (input: string, rest = ''): string =>
      `F.${kind}_pool2d(${input}, ${pair(window)}${stride}${rest}${indices})`;
    if (isEven(pads)) {
      const given = before.some((n) => n > 0) ? `, padding=${pair(before)}` : '';
      const count = given !== '' && kind === 'avg' ? ', count_include_pad=False' : '';
      return atom(pool(o.arg(0), `${given}${count}`));
    }
    if (switches) throw new ExportError('PyTorch does not unpool what was padded on one side');
    if (kind === 'max') return atom(pool(`F.pad(${o.arg(0)}, (${sides(pads)}), value=-torch.inf)`));
    const padded = (input: string): string => pool(`F.pad(${input}, (${sides(pads)}))`);
    // Padding is not counted.
    return {
      text: `${padded(o.arg(0))} / ${padded(`torch.ones_like(${o.arg(0)})`)}`,
      level: Level.product,
    };
  };

/** `None` keeps a size. */
export const adaptive =
  (kind: 'max' | 'avg'): Expression<RegionAttributes> =>
  (o, { axis, parts }) =>
    atom(
      `F.adaptive_${kind}_pool2d(${o.arg(0)}, ${axis === 1 ? `(${parts}, None)` : `(None, ${parts})`})`,
    );
