/** One table of a paper: figures by network and measure; null where the text has none. */
export interface PaperTable {
  readonly source: string;
  readonly rows: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

const columns = ['f1', 'se', 'sp', 'ac', 'rocAuc'] as const;
type Row = readonly [number, number, number, number, number | null];

const paper =
  'Zuo, Chen, Wang: "R2AU-Net: Attention Recurrent Residual Convolutional Neural Network for Multimodal Medical Image Segmentation", Security and Communication Networks (2021)';

const table = (what: string, rows: Readonly<Record<string, Row>>): PaperTable => ({
  source: `${paper}, ${what}`,
  rows: Object.fromEntries(
    Object.entries(rows).map(([network, row]) => [
      network,
      Object.fromEntries(columns.map((column, i) => [column, row[i]!])),
    ]),
  ),
});

/**
 * Tables 1 to 3: F1, sensitivity, specificity, accuracy and AUC of each network. The AUC column of Table 2 is known for
 * the four networks of Figure 9 alone.
 */
export const paperTables: Readonly<Record<'drive' | 'isic' | 'lung', PaperTable>> = {
  isic: table('Table 1', {
    SegNet: [0.7092, 0.8056, 0.8147, 0.8121, 0.8101],
    'U-Net': [0.6954, 0.716, 0.8636, 0.8216, 0.7898],
    'Attention U-Net': [0.7541, 0.7627, 0.8966, 0.8585, 0.8297],
    'RU-Net': [0.679, 0.792, 0.928, 0.88, 0.8374],
    'R2U-Net': [0.691, 0.726, 0.971, 0.904, 0.8565],
    'Attention Res U-Net': [0.8545, 0.8363, 0.9519, 0.919, 0.8941],
    'R2AU-Net': [0.866, 0.8214, 0.9699, 0.9277, 0.8957],
  }),
  drive: table('Table 2, AUC from Figure 9', {
    SegNet: [0.7992, 0.7419, 0.9833, 0.9526, null],
    'U-Net': [0.8155, 0.7908, 0.9783, 0.9544, 0.9775],
    'Attention U-Net': [0.8003, 0.7272, 0.9868, 0.9538, 0.9771],
    'RU-Net': [0.818, 0.7999, 0.9772, 0.9547, null],
    'R2U-Net': [0.8187, 0.798, 0.9779, 0.955, 0.9775],
    'R2AU-Net': [0.8213, 0.8036, 0.9777, 0.9555, 0.979],
  }),
  lung: table('Table 3', {
    SegNet: [0.9515, 0.924, 0.9957, 0.982, 0.9598],
    'U-Net': [0.9714, 0.9536, 0.9977, 0.9892, 0.9756],
    'Attention U-Net': [0.978, 0.9911, 0.9915, 0.9915, 0.9914],
    'RU-Net': [0.9638, 0.9734, 0.9866, 0.9836, 0.98],
    'R2U-Net': [0.9809, 0.9842, 0.9946, 0.9926, 0.9894],
    'Attention Res U-Net': [0.9811, 0.9862, 0.9942, 0.9927, 0.9902],
    'R2AU-Net': [0.9868, 0.9874, 0.9968, 0.995, 0.9921],
  }),
};
