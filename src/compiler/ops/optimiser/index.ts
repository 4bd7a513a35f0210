export const optimiserOps = {};
