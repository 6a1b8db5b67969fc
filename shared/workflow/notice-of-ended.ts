// What the owner is told of positions that a run ended for reasons of their own: a protective exit, or that no sleeve names them.
import type { Outcome } from '../core/ledger/outcome.ts';
import type { Trade } from '../core/rebalance/plan.ts';
import type { Exit } from '../core/strategy/exits/exit-memory.ts';
import { gainOf } from '../core/strategy/exits/live-close.ts';
import type { RunId } from '../core/values/identity.ts';
import { formatShares } from '../core/values/shares.ts';
import { formatPercent } from '../core/values/weight.ts';
import type { Notice } from '../ports/notifier.ts';

/** By sleeve. */
export type ExitsBySleeve = Readonly<Record<string, readonly Exit[]>>;

/** undefined where the run ended nothing but what its strategy no longer asks for. */
export function noticeOfEnded(
  runId: RunId,
  exits: ExitsBySleeve,
  planned: readonly Trade[],
  { trades }: Pick<Outcome, 'trades'>,
): Notice | undefined {
  const unowned = planned.filter(({ reason }) => reason === 'unowned').map(({ symbol }) => `${symbol} is named by no sleeve`);
  const said = [...exitTexts(exits), ...unowned];
  if (said.length === 0) return undefined;
  const symbols = new Set([
    ...Object.values(exits).flatMap((each) => each.map(({ symbol }) => symbol)),
    ...planned.filter(({ reason }) => reason === 'unowned').map(({ symbol }) => symbol),
  ]);
  const traded = trades
    .filter(({ symbol }) => symbols.has(symbol))
    .map(({ symbol, side, quantity, filledQuantity }) => {
      const word = side === 'sell' ? 'sold' : 'bought';
      return `${word} ${formatShares(filledQuantity)} of ${formatShares(quantity)} ${symbol}`;
    });
  const body = `${said.join('; ')}. Traded: ${traded.length === 0 ? 'nothing' : traded.join(', ')}.`;
  return { severity: 'info', code: 'positions-ended', subject: `${runId}: ended ${[...symbols].sort().join(', ')}`, body, runId };
}

/** Of a run that trades nothing. What a refused run asked for is asked for again. */
export function noticeOfMissedExits(
  runId: RunId,
  exits: ExitsBySleeve,
  { kind, detail }: { readonly kind: 'refused' | 'nothing-to-trade'; readonly detail: string },
): Notice | undefined {
  const said = exitTexts(exits);
  if (said.length === 0) return undefined;
  const body = `${said.join('; ')}. Nothing was traded: ${detail}.${kind === 'refused' ? ' The next run asks for it again.' : ''}`;
  return { severity: 'ticket', code: 'exits-missed', subject: `${runId}: protective exits were not carried out`, body, runId };
}

/** Before anything of it is sold, so that there is time to halt. */
export function noticeOfUnowned(runId: RunId, planned: readonly Trade[]): Notice | undefined {
  const sold = planned.filter(({ reason }) => reason === 'unowned').map(({ symbol, quantity }) => `${formatShares(quantity)} ${symbol}`);
  if (sold.length === 0) return undefined;
  const body = `The file says unowned: sell, and no sleeve names them: ${sold.join(', ')}.`;
  return { severity: 'info', code: 'unowned-sale', subject: `${runId}: the plan sells what no sleeve names`, body, runId };
}

function exitTexts(exits: ExitsBySleeve): string[] {
  return Object.entries(exits).flatMap(([sleeve, each]) => each.map((exit) => exitText(sleeve, exit)));
}

function exitText(sleeve: string, { symbol, by, side, entered, entry, touched, close }: Exit): string {
  const gain = formatPercent(gainOf(side, entry, close));
  return `${symbol} of sleeve ${sleeve} by ${by}: ${side} from ${entry.toFixed(2)} on ${entered}, ${close.toFixed(2)} on ${touched} (${gain})`;
}
