/** The foreground classes that a label map has, ascending. */
export const classesIn = (labels: Uint8Array): readonly number[] => {
  const there = new Uint8Array(256);
  for (const label of labels) there[label] = 1;
  return [...there.keys()].filter((label) => label > 0 && there[label] === 1);
};

/** 1 where a pixel is of the class, else 0. */
export const pixelsOf = (labels: Uint8Array, label: number): Uint8Array =>
  labels.map((value) => (value === label ? 1 : 0));
