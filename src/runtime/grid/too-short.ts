/** Said of a job whose time was over before its run came any further: once more would come no further. */
export const tooShort =
  'the time of the job was over before its run had a further checkpoint, or its scores: give more by --time';
