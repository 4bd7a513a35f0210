/**
 * What a training step keeps of its forward pass. `high`: all that its backward pass reads. `normal`: what the rest can be made
 * from for little more than reading it, mostly the results of convolutions. `low`: what one segment of the forward pass hands to
 * the next; convolutions are computed again too, segment by segment.
 */
export const stepMemories = ['high', 'normal', 'low'] as const;
export type StepMemory = (typeof stepMemories)[number];
