/** A deed that cannot be done: HTTP status and why. */
export class ActError extends Error {
  override readonly name = "ActError";
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}
