// What the owner is told of a plan at once: that it was refused, or that it waits for a yes.
import type { RunRecord } from '../contracts/run-record.ts';
import type { Notice } from '../ports/notifier.ts';

export function noticeOfSignal({ runId, phase }: RunRecord): Notice | undefined {
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
