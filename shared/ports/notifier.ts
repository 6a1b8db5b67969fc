/** One message to the owner. */
export interface Notice {
  readonly severity: 'page' | 'ticket' | 'info';
  /** Short stable word that a runbook heading is filed under, such as `run-denied`. */
  readonly code: string;
  readonly subject: string;
  readonly body: string;
}

export interface Notifier {
  notify(notice: Notice): Promise<void>;
}
