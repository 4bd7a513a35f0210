export const elementwiseOps = {};
