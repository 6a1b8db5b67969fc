// What happened on a day, a line for each step and each fault, for somebody who looks for a defect.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { Leg } from '../../shared/core/execution/leg.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import { type PlayedCase, playCase } from './played-case.ts';
import type { Step } from './steps.ts';
import type { Process } from './wire.ts';

export interface Traced {
  readonly played: PlayedCase;
  readonly lines: readonly string[];
}

export async function trace(seed: number, faults?: PlayedCase['faults']): Promise<Traced> {
  const lines: string[] = [];
  const names = new Map<Process, string>();
  const note = (at: number, text: string): void => {
    lines.push(`${new Date(at).toISOString().slice(8, 23).replace('T', ' ')}  ${text}`);
  };
  const nameOf = (process: Process): string => {
    const name = names.get(process) ?? `p${names.size + 1}`;
    names.set(process, name);
    return name;
  };
  const played = await playCase(seed, {
    ...(faults === undefined ? {} : { faults }),
    onStruck: (kind, at) => note(at, `! ${kind}`),
    onStep: (step, at) => {
      const text = textOf(step, nameOf);
      if (text !== undefined) note(at, text);
    },
  });
  return { played, lines };
}

function textOf(step: Step, nameOf: (process: Process) => string): string | undefined {
  switch (step.kind) {
    case 'stored':
      return `${nameOf(step.process)} stored ${recordText(step.record)}`;
    case 'sent': {
      const { clientOrderId, side, quantity, symbol, limitPrice } = step.intent;
      return `${nameOf(step.process)} sent ${clientOrderId}: ${side} ${formatShares(quantity)} ${symbol} at ${formatUsd(limitPrice)}`;
    }
    case 'filled':
      return `the broker filled ${step.symbol}`;
    case 'calendar-lied':
      return `${nameOf(step.process)} was told of another calendar`;
    case 'account-told':
    case 'orders-told':
    case 'positions-told':
    case 'quoted':
      return undefined;
  }
}

function recordText({ version, phase }: RunRecord): string {
  if (phase.kind === 'claimed') return `version ${version}: claimed`;
  const legs = (phase.execution?.legs ?? []).map(legText).join(', ');
  return `version ${version}: ${phase.kind}${phase.kind === 'ended' ? ` ${phase.ending.kind}` : ''}${legs === '' ? '' : ` (${legs})`}`;
}

function legText({ symbol, stage }: Leg): string {
  switch (stage.kind) {
    case 'waiting':
      return `${symbol} waiting for peg ${stage.peg}`;
    case 'sending':
      return `${symbol} sending peg ${stage.peg}, attempt ${stage.attempts}`;
    case 'working':
    case 'canceling':
      return `${symbol} ${stage.kind} peg ${stage.peg}`;
    case 'done':
      return `${symbol} done${stage.residual === undefined ? '' : `: ${stage.residual.code}`}`;
  }
}
