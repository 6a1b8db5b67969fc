// Whatever is told of a portfolio that trades live without what it would need says so, by whom and why.
import { overrideText } from '../contracts/hypothesis/override-text.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Notifier } from '../ports/notifier.ts';

export function sayingOverride(notifier: Notifier, { account: { override } }: PortfolioPolicy): Notifier {
  if (override === undefined) return notifier;
  const said = overrideText(override);
  return {
    // A digest has it in its own place. Elsewhere it stands first: every channel cuts what is long, and cuts its end.
    notify: (notice) => notifier.notify(notice.body.includes(said) ? notice : { ...notice, body: `${said}\n\n${notice.body}` }),
  };
}
