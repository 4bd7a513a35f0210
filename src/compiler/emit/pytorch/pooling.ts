import type { PoolAttributes } from '../../ops/pooling/geometry.js';
import type { RegionAttributes } from '../../ops/pooling/regions.js';
import { ratioOf, type Shape } from '../../sizes/size.js';
import { paddingOf } from '../padding.js';
import type { ExpressionOf } from './operations.js';
import { isEven, padded, pair, pairUnless } from './padding.js';
import { py } from './python/parse.js';
import { dotted, type Expression, keywords, name } from './python/tree.js';

export const pooled =
  (kind: 'max' | 'avg'): ExpressionOf<PoolAttributes> =>
  (o, { window, strides, padding }, { operands: [x], results: [y, switches] }) => {
    const sliding = { taps: window, strides, dilations: [1, 1], padding };
    const pads = paddingOf(x!.type.shape, y!.type.shape, sliding);
    const even = isEven(pads);
    const before = even
      ? pairUnless(
          0,
          pads.map((axis) => axis.before),
        )
      : undefined;
    const options = keywords({
      stride: String(strides) === String(window) ? undefined : pair(strides),
      padding: before,
      count_include_pad: before && kind === 'avg' ? name('False') : undefined,
      return_indices: switches && name('True'),
    });
    const pool = (input: Expression): Expression =>
      py`${dotted(`F.${kind}_pool2d`)}(${input}, ${pair(window)}, ${options})`;
    if (even) return pool(o.arg(0));
    if (switches) {
      const suggestion = 'let the pooling have padding: "valid" or a window that divides its sizes';
      return o.refuse('unpooling of what was padded on one side', suggestion);
    }
    if (kind === 'max') return pool(padded(o.arg(0), pads, py`-torch.inf`));
    // Padding is not counted.
    const counted = pool(padded(py`torch.ones_like(${o.arg(0)})`, pads));
    return py`${pool(padded(o.arg(0), pads))} / ${counted}`;
  };

/** `None` keeps a size. */
export const adaptive =
  (kind: 'max' | 'avg'): ExpressionOf<RegionAttributes> =>
  (o, { axis, parts }) => {
    const size = axis === 1 ? py`(${parts}, None)` : py`(None, ${parts})`;
    return py`${dotted(`F.adaptive_${kind}_pool2d`)}(${o.arg(0)}, ${size})`;
  };

export const unpooled: ExpressionOf<{ readonly shape: Shape }> = (o, { shape }, { operands }) => {
  const [y, switches] = operands;
  const { window, strides } = o.producer(switches!)!.attributes as PoolAttributes;
  const whole = window.every(
    (taps, axis) =>
      taps === strides[axis] && ratioOf(shape[axis + 1]!, y!.type.shape[axis + 1]!) === taps,
  );
  if (!whole) {
    const suggestion = 'let the pooling have a stride equal to its window, and no padding';
    o.refuse('unpooling of windows that do not lie side by side', suggestion);
  }
  return py`F.max_unpool2d(${o.arg(0)}, ${o.arg(1)}, ${pair(window)})`;
};
