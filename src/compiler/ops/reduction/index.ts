export const reductionOps = {};
