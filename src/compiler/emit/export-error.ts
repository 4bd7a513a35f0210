/** A network that a form of export has no way to say; the message says what. */
export class ExportError extends Error {
  /**
   * @param what cannot be done
   * @param way what to change, in options of the command line; null where `what` says it
   */
  constructor(
    readonly what: string,
    readonly way: string | null = null,
  ) {
    super(way === null ? what : `${what} (${way})`);
  }
}
