export const convolutionOps = {};
