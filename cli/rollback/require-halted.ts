// Real money does not go back to a release before while it trades: what was judged out since would trade again at the next slot.
import { StoreError } from '../../shared/ports/outside-error.ts';
import { CommandFailure } from '../failure.ts';
import type { RollbackDesk } from './rollback-desk.ts';

const FIRST = 'First: npx evenkeel halt --reason "back to the release before"';

/**
 * The switch of all portfolios has to be on, not each of those that are known here: the versions before may have portfolios
 * whose files are gone.
 * @throws CommandFailure, exit 1.
 */
export async function requireHalted({ killSwitch }: Pick<RollbackDesk, 'killSwitch'>): Promise<void> {
  const state = await killSwitch.readOne(undefined).catch((cause: unknown) => {
    if (!(cause instanceof StoreError)) throw cause;
    const message = `nothing was moved: whether trading is halted cannot be read (${cause.message}). ${FIRST}`;
    throw new CommandFailure('not-halted', message, { exitCode: 1, cause });
  });
  if (state.kind === 'on') return;
  throw new CommandFailure(
    'not-halted',
    `nothing was moved: this deployment trades real money, and the kill switch of all portfolios is off. The versions before trade by the portfolio files, documents, overrides and limits of their day, whatever was judged since. ${FIRST}`,
    { exitCode: 1 },
  );
}
