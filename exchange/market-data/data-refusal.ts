/** A data request that is refused, as the data API says it: a status and a message. */
export class DataRefusal extends Error {
  override readonly name = 'DataRefusal';
  readonly status: 400 | 403;

  constructor(status: 400 | 403, message: string) {
    super(message);
    this.status = status;
  }
}
