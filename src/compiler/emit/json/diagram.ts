import type { Diagram } from '../diagram/diagram.js';

/** The diagram itself, for programs that draw: boxes inside boxes, and wires between the leaves. */
export const printJson = (diagram: Diagram): string => `${JSON.stringify(diagram, null, 2)}\n`;
