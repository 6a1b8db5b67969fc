// Where the owner reads: his mail, and a webhook if he has one.

/** One message as a person reads it; no credential is left in it. */
export interface OwnerMessage {
  readonly severity: 'page' | 'ticket' | 'info';
  /** Short stable word for programs: an alert's code, or an alarm's name. */
  readonly code: string;
  /** "[page] sixty-forty: stopped by its breaker" */
  readonly title: string;
  /** Plain text of several lines, without the title. */
  readonly text: string;
}

export interface OwnerMail {
  /** @throws OutsideError */
  send(message: OwnerMessage): Promise<void>;
}

export interface Webhook {
  /**
   * Tries for a few seconds. `none`: the owner has no webhook.
   * @throws OutsideError whose message never holds the address.
   */
  post(message: OwnerMessage): Promise<'posted' | 'none'>;
}
