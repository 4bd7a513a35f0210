/** The overlay of an image, from the folder of the scores. */
export const overlayFile = (id: string): string => `predictions/${id}-overlay.png`;

/** What its colours mean. */
export const overlayLegend =
  'Green: true positives. Red: false positives. Blue: false negatives. Yellow: another class.';
