export const resizingOps = {};
