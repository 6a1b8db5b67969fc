// What a dead letter means in plain words, and the command to type next. The first row that fits wins; the last one of
// each kind always does.
import type { LetterError } from '../../shared/contracts/dead-letter.ts';

export interface Explanation {
  /** What happened. */
  readonly what: string;
  /** Whether money may have moved, and what the program did by itself. */
  readonly safety: string;
  /** What to mend before anything is typed; null where nothing is known to be. */
  readonly mend: string | null;
  /** The command to run next. */
  readonly next: string;
}

export interface Explained {
  readonly hop: string;
  readonly kind: 'turn' | 'event' | 'unknown';
  readonly error: LetterError;
  /** undefined where the letter names no run. */
  readonly runId: string | undefined;
}

interface Cause {
  readonly fits: RegExp;
  readonly what: string;
  readonly mend: string | null;
}

/** Looked for in the error's name and message. What is here can fail in a turn and before one. */
const CAUSES: readonly Cause[] = [
  {
    fits: /StoreError|AccessDenied|not authorized to perform/,
    what: 'The table or the bucket could not be reached, or the function may not use it.',
    mend: 'npx evenkeel status says which part; if a permission is missing, deploy again',
  },
  {
    fits: /Sandbox\.Timedout|Task timed out/,
    what: 'The function ran out of time.',
    mend: 'npx evenkeel logs RUN shows where; most often the broker was slow',
  },
  {
    fits: /secret \S+ does not exist/,
    what: 'The secret with the keys of the account is missing.',
    mend: 'Put the keys there: npx evenkeel secrets set ACCOUNT',
  },
  {
    fits: /secret \S+ (?:is not JSON|is empty|is not a text|must hold)/,
    what: 'The secret with the keys of the account cannot be read: it is empty or malformed.',
    mend: 'Put the keys there again: npx evenkeel secrets set ACCOUNT',
  },
  {
    fits: /secret \S+ could not be read|credentials of the broker/,
    what: 'The keys of the account could not be read.',
    mend: 'Look whether the functions may read the secret, and at it: npx evenkeel secrets check ACCOUNT',
  },
  {
    fits: /OtherAccount/,
    what: 'The broker answers for another account than the one that the run was planned for: keys or account.name were exchanged while it was open.',
    mend: 'Put the keys of the run’s account back, or its account.name and deploy; it goes on nowhere else',
  },
  {
    fits: /answered 401|unauthorized|answered 403/,
    what: 'The broker refused the keys: revoked, of another account, or of the other mode.',
    mend: 'npx evenkeel secrets check ACCOUNT says which; npx evenkeel secrets rotate ACCOUNT replaces them',
  },
  {
    fits: /no portfolio [a-z]/,
    what: 'The portfolio is not among the deployed files: it was removed while a run of it was open.',
    mend: 'Put its file back and deploy again, or end its run: npx evenkeel reconcile PORTFOLIO --close-run RUN',
  },
  {
    fits: /has no schedule/,
    what: 'The portfolio has no such schedule any more: an old schedule is deployed still.',
    mend: 'Deploy again: npx evenkeel deploy',
  },
  {
    fits: /UnreadableRecord|schema version|is not whole/,
    what: 'The record of the run is of another release, or damaged, and nothing is traded on it.',
    mend: 'Deploy the release that wrote it: npx evenkeel rollback',
  },
  {
    fits: /BrokerError|lost its connection|answered 5\d\d|breaker is open|rate-limited|answered 429/,
    what: 'The broker did not answer, or not in time, for longer than the retries last.',
    mend: 'Look at the broker’s status page, and wait until it answers',
  },
  {
    fits: /TooManyRequests|ReservedConcurrent|Throttl/,
    what: 'AWS throttled the function: the account has run out of concurrent executions.',
    mend: 'Look what else runs in the account, or ask AWS for more',
  },
  {
    fits: /ResourceNotFound|Function not found/,
    what: 'The function that should have been called does not exist.',
    mend: 'Deploy again: npx evenkeel deploy',
  },
];

export function explain({ kind, error, runId, hop }: Explained): Explanation {
  if (kind === 'unknown') return UNKNOWN;
  if (kind === 'turn' && error.name === 'UnresolvedRun') return unresolved(runId);
  const cause = CAUSES.find(({ fits }) => fits.test(`${error.name}: ${error.message}`));
  const { what, mend } = cause ?? { what: 'It failed for a reason that has no entry here; the error above names it.', mend: null };
  return kind === 'turn' ? turn(what, mend, runId) : event(what, mend, runId, hop);
}

const UNKNOWN: Explanation = {
  what: 'The letter holds no event of ours: somebody called a function by hand, or another release wrote it.',
  safety: 'Nothing was traded because of it: what is no event is refused before anything is read.',
  mend: null,
  next: 'npx evenkeel dlq remove ID, once you know where it came from',
};

function unresolved(runId: string | undefined): Explanation {
  return {
    what: 'The broker never said whether it has an order of this run, or how that order ended.',
    safety:
      'The run has ended and sends nothing more. The order may have traded; what it filled is counted by the next run as a late fill.',
    mend: 'Find the order on the broker’s own page, and cancel it there if it still works',
    next: `npx evenkeel reconcile ${portfolioIn(runId)}`,
  };
}

function turn(what: string, mend: string | null, runId: string | undefined): Explanation {
  return {
    what: `A run stopped half-way. ${what}`,
    safety:
      'Orders may be out. What the record names is all that was ever sent, and until the run has ended no other run of the portfolio begins.',
    mend,
    next: `npx evenkeel redrive ${runId ?? 'RUN'}`,
  };
}

function event(what: string, mend: string | null, runId: string | undefined, hop: string): Explanation {
  const where = hop === 'schedule' ? 'Its event could not be delivered.' : 'The signal function failed.';
  return {
    what: `A scheduled run did not start. ${where} ${what}`,
    safety: 'Nothing was traded, unless the run’s record says that a plan is executing. An event later than ten minutes never trades.',
    mend,
    next: `npx evenkeel redrive ${runId ?? 'RUN'}`,
  };
}

function portfolioIn(runId: string | undefined): string {
  return runId?.split('/')[0] ?? 'PORTFOLIO';
}
