export const lossOps = {};
