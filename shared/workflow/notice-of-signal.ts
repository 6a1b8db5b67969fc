// What the owner is told of a plan at once: that it was refused, that it waits for a yes, or that none came in time.
import type { RunRecord } from '../contracts/run-record.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { Notice } from '../ports/notifier.ts';

export function noticeOfSignal({ runId, phase }: RunRecord, now: EpochMs): Notice | undefined {
  if (phase.kind === 'awaiting-approval' && now >= phase.execution.deadline) {
    const subject = `${runId}: the plan was not approved in time`;
    return { severity: 'ticket', code: 'approval-missed', subject, body: 'Nothing was traded. It can no longer be executed.' };
  }
  if (phase.kind === 'awaiting-approval') {
    const trades = phase.execution.legs.map(({ side, symbol }) => `${side} ${symbol}`).join(', ');
    const body = `${trades}. To execute it: npx evenkeel approve ${runId}`;
    return { severity: 'page', code: 'approval-needed', subject: `${runId}: the plan waits for your yes`, body };
  }
  if (phase.kind === 'ended' && phase.ending.kind === 'refused') {
    const { code, detail } = phase.ending;
    return { severity: 'ticket', code: 'run-refused', subject: `${runId}: refused, ${code}`, body: `Nothing was traded. ${detail}` };
  }
  return undefined;
}
