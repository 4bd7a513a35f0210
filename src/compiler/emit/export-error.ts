/** A network that a form of export has no way to say; the message says what. */
export class ExportError extends Error {}
