// Says whether a run could be closed by hand, and what it came to.
import { formatShares } from '../../shared/core/values/shares.ts';
import { type Closing, closeRun, closeRunOfGoneAccount } from '../../shared/workflow/close-run.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import type { OpenedAccount } from './account-desk.ts';

/** @throws CommandFailure, exit 1, when it cannot be closed. */
export async function closeDeadRun(
  runId: string,
  { accountGone, ...note }: { readonly who: string; readonly reason: string; readonly accountGone: string | undefined },
  { ports }: OpenedAccount,
  output: Output,
): Promise<void> {
  const closing =
    accountGone === undefined
      ? await closeRun(runId, note, ports)
      : await closeRunOfGoneAccount(runId, { ...note, account: accountGone }, ports);
  if (closing.kind !== 'closed') throw new CommandFailure(closing.kind, `${runId} was not closed: ${whyNot(closing)}`, { exitCode: 1 });
  const orders = closing.orders.map(({ clientOrderId, symbol, side, filledQuantity }) => ({
    clientOrderId,
    symbol,
    side,
    filledQuantity: formatShares(filledQuantity),
  }));
  const lines = orders.map(({ clientOrderId, symbol, side, filledQuantity }) => `  ${side} ${filledQuantity} ${symbol} (${clientOrderId})`);
  const text = [
    `${runId} is closed, as unresolved. The ledger has what its orders filled:`,
    ...(lines.length === 0 ? ['  nothing'] : lines),
  ];
  output.result({ runId, closed: true, orders }, text.join('\n'));
}

function whyNot(closing: Exclude<Closing, { kind: 'closed' }>): string {
  switch (closing.kind) {
    case 'no-such-run':
      return 'there is no such run';
    case 'not-executing':
      return `it is ${closing.phase}, and only a run that executes blocks its portfolio`;
    case 'too-early':
      return `an order of it may be on its way until ${new Date(closing.from).toISOString()}`;
    case 'other-account':
      return `it was planned for account ${closing.planned}, and what ${closing.answers} answers says nothing of its orders; put the keys of ${closing.planned} back first`;
    case 'account-answers':
      return `account ${closing.account} is there, and can be asked: leave out --account-gone`;
    case 'still-possible':
      return `the broker does not show every order of it as over: ${closing.orders.map(({ clientOrderId, status }) => `${clientOrderId} is ${status}`).join(', ')}`;
    case 'alive':
      return 'somebody drives it still';
  }
}
