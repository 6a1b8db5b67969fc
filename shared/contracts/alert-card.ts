// What whoever is woken by an alert or an alarm needs to know of it, whatever was found.

export interface AlertCard {
  /** `page` wants its owner now, `ticket` within days. */
  readonly severity: 'page' | 'ticket';
  readonly meaning: string;
  /** What it means when this one is silent. */
  readonly silence: string;
  /** Of docs/runbook.md. */
  readonly heading: string;
  /** What to type first. RUN, SESSION and PORTFOLIO stand for those of the message. */
  readonly command: string;
}
