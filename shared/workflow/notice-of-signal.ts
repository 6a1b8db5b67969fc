// What the owner is told of a plan at once: that it was refused, that it waits for a yes, or that none came in time.
import type { RunRecord } from '../contracts/run-record.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import { DENIAL_CODES } from '../core/risk/denial.ts';
import { formatUsd, roundToCents } from '../core/values/money.ts';
import { notional } from '../core/values/shares.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { Notice } from '../ports/notifier.ts';

export function noticeOfSignal({ runId, portfolio, phase }: RunRecord, now: EpochMs): Notice | undefined {
  const about = { portfolio, runId };
  if (phase.kind === 'awaiting-approval') {
    const stake = `$${planned(phase.execution)} are to be traded`;
    if (now >= phase.execution.deadline) {
      const subject = `${runId}: the plan was not approved in time`;
      const body = 'Nothing was traded. It can no longer be executed.';
      return { severity: 'ticket', code: 'approval-missed', subject, body, ...about, stake };
    }
    const trades = phase.execution.legs.map(({ side, symbol }) => `${side} ${symbol}`).join(', ');
    const subject = `${runId}: the plan waits for your yes`;
    const body = `${trades}. To execute it: npx evenkeel approve ${runId}`;
    return { severity: 'page', code: 'approval-needed', subject, body, ...about, stake, done: 'It holds the plan and sends nothing.' };
  }
  if (phase.kind === 'ended' && phase.ending.kind === 'refused') {
    const { code, detail } = phase.ending;
    return {
      severity: 'ticket',
      code: DENIAL_CODES.some((denial) => denial === code) ? 'run-denied' : 'run-refused',
      subject: `${runId}: refused, ${code}`,
      body: `Nothing was traded. ${detail}`,
      ...about,
    };
  }
  return undefined;
}

/** All trades together at their arrivals. */
function planned({ legs }: ExecutionState): string {
  return formatUsd(
    roundToCents(
      legs.reduce((sum, { arrival, quantity }) => sum + notional(arrival, quantity, 'ceil'), 0n),
      'half-even',
    ),
  );
}
