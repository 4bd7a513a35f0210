export const structureOps = {};
