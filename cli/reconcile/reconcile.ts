// Holds the ledgers against their accounts and says what is expected, found and explained; or takes over what is not.
import { parseRunId } from '../../shared/core/values/identity.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import { adoptDifferences } from '../../shared/workflow/adopt-differences.ts';
import { viewLedger } from '../../shared/workflow/ledger-view.ts';
import { CommandFailure } from '../failure.ts';
import { reasonOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { whoTurns } from '../switch/desk.ts';
import { type AccountDesk, type AccountDeskOptions, openAccountDesk } from './account-desk.ts';
import { closeDeadRun } from './close-dead-run.ts';
import { type AccountReport, reportOf, reportText } from './report.ts';

export interface ReconcileOptions extends AccountDeskOptions {
  readonly adopt?: true;
  readonly closeRun?: string;
  readonly accountGone?: string;
  readonly reason?: string;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when a difference is left or nothing could be adopted or closed. */
export async function reconcile(
  portfolio: string | undefined,
  options: ReconcileOptions,
  output: Output,
  open = openAccountDesk,
): Promise<void> {
  const word = wordOf(portfolio, options);
  const desk = await open(options);
  try {
    const names = await desk.portfolioNames();
    if (portfolio !== undefined && !names.includes(portfolio)) {
      throw new CommandFailure('no-such-portfolio', `no portfolio ${JSON.stringify(portfolio)}: there are: ${names.join(', ')}`, {
        exitCode: 2,
      });
    }
    if (word?.kind === 'close')
      return await closeDeadRun(word.runId, { ...word.note, accountGone: word.accountGone }, await desk.open(word.portfolio), output);
    if (word?.kind === 'adopt') return await adoptAll(word.portfolio, word.note, desk, output);
    const reports: AccountReport[] = [];
    for (const name of portfolio === undefined ? names : [portfolio]) reports.push(await reportFor(name, desk));
    output.result({ portfolios: reports }, reports.map((report) => reportText(report, output.colors)).join('\n\n'));
    const left = reports.filter(({ isReconciled }) => !isReconciled).map((report) => report.portfolio);
    if (left.length > 0) throw new CommandFailure('unreconciled', `not reconciled: ${left.join(', ')}`, { exitCode: 1 });
  } catch (error) {
    throw explained(error, word);
  } finally {
    await desk.close();
  }
}

type Note = { readonly who: string; readonly reason: string };
type Word =
  | { readonly kind: 'adopt'; readonly portfolio: string; readonly note: Note }
  | {
      readonly kind: 'close';
      readonly portfolio: string;
      readonly note: Note;
      readonly runId: string;
      readonly accountGone: string | undefined;
    };

/** What a person says, with a name and a reason, of one portfolio; undefined when he only looks. */
function wordOf(portfolio: string | undefined, { adopt, closeRun, accountGone, reason }: ReconcileOptions): Word | undefined {
  if (accountGone !== undefined && closeRun === undefined) throw usage('--account-gone goes with --close-run');
  if (adopt !== true && closeRun === undefined) {
    if (reason !== undefined) throw usage('--reason goes with --adopt or --close-run');
    return undefined;
  }
  if (portfolio === undefined) throw usage('name the portfolio: one is adopted or closed at a time');
  if (reason === undefined) throw usage('--reason is required: it is kept with your name');
  const note = { who: whoTurns(), reason: reasonOption(reason) };
  if (closeRun === undefined) return { kind: 'adopt', portfolio, note };
  if (parseRunId(closeRun)?.portfolio !== portfolio)
    throw usage(`${JSON.stringify(closeRun)}: expected a run of ${portfolio}, such as ${portfolio}/2026-11-30/monthly`);
  return { kind: 'close', portfolio, note, runId: closeRun, accountGone };
}

async function reportFor(portfolio: string, desk: AccountDesk): Promise<AccountReport> {
  const { claim, ports } = await desk.open(portfolio);
  const { accountNumber } = await ports.broker.account();
  return reportOf(portfolio, accountNumber, await viewLedger(claim, accountNumber, ports));
}

async function adoptAll(portfolio: string, note: Note, desk: AccountDesk, output: Output): Promise<void> {
  const { claim, ports } = await desk.open(portfolio);
  const adoption = await adoptDifferences(claim, note, ports);
  switch (adoption.kind) {
    case 'executing':
      throw new CommandFailure('executing', `nothing was adopted: ${adoption.runId} is executing, and its fills are counted when it ends`, {
        exitCode: 1,
      });
    case 'moving':
      throw new CommandFailure('moving', 'nothing was adopted: the account changed while it was read; say it again', { exitCode: 1 });
    case 'stale':
      throw new CommandFailure('stale', 'nothing was adopted: somebody else wrote the ledger in the same moment; say it again', {
        exitCode: 1,
      });
    case 'adopted': {
      const { reconciliation, record } = adoption;
      const report = reportOf(portfolio, record.accountNumber, { kind: 'held-against', record, reconciliation });
      output.result({ portfolios: [report] }, reportText(report, output.colors));
    }
  }
}

/** A look that failed changed nothing. A write whose answer was lost may have been done, and saying it again does no harm. */
function explained(error: unknown, word: Word | undefined): unknown {
  if (!(error instanceof OutsideError)) return error;
  const isDoubtful = word !== undefined && error.effect === 'unknown';
  const message = isDoubtful ? `it may have been written or not: look again (${error.message})` : `nothing was written (${error.message})`;
  return new CommandFailure(error.code, message, { exitCode: 1, cause: error });
}

function usage(message: string): CommandFailure {
  return new CommandFailure('usage', message, { exitCode: 2 });
}
