/** The patterns of a folder that an experiment says nothing of. */
export const usual = { images: 'images/{id}.*', masks: 'masks/{id}.*' } as const;
