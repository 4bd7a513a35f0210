export type Colour = readonly [number, number, number];

/** Of a pixel by its ground truth and what the network says of it; what the colours mean is `overlayLegend`. */
export const overlayColours = {
  truePositive: [40, 200, 90],
  falsePositive: [230, 50, 50],
  falseNegative: [60, 120, 255],
  /** Of one class and taken for another. */
  confused: [250, 190, 40],
} as const satisfies Readonly<Record<string, Colour>>;

/** How much of the image stays visible below the colours. */
export const dimmed = 0.55;
