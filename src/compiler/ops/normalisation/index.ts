export const normalisationOps = {};
