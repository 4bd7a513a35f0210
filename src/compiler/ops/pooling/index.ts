export const poolingOps = {};
