// What happened in a run, in its order. The record keeps the moments of its writes; what lies between two of them has no
// moment of its own.
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { RunWithArtifacts } from '../../shared/workflow/read-run.ts';
import { dollarsText, figuresText } from './money-text.ts';

export interface RunEvent {
  /** "2026-11-30T20:35:00.000Z"; null for what happened between the events around it. */
  readonly at: string | null;
  readonly event: 'due' | 'claimed' | 'looked' | 'decided' | 'planned' | 'reviewed' | 'held' | 'executing' | 'ended';
  readonly detail: string;
}

export function timelineOf(run: RunWithArtifacts): readonly RunEvent[] {
  const { record } = run;
  return [
    { at: instant(record.scheduledTime), event: 'due', detail: '' },
    { at: instant(record.claimedAt), event: 'claimed', detail: '' },
    ...lookedAt(run),
    ...decided(run),
    ...planned(run),
    ...reviewed(run),
    ...lastOf(run),
  ];
}

function lookedAt({ snapshot }: RunWithArtifacts): RunEvent[] {
  if (snapshot === undefined) return [];
  const { asOf, account, positions, quotes, historyAsOf } = snapshot;
  const detail = `equity ${dollarsText(formatUsd(account.equity))}, ${count(positions.length, 'position')}, ${count(quotes.length, 'quote')}, closes to ${historyAsOf}`;
  return [{ at: instant(asOf), event: 'looked', detail }];
}

function decided({ decision }: RunWithArtifacts): RunEvent[] {
  if (decision === undefined) return [];
  const { result } = decision;
  switch (result.kind) {
    case 'weights': {
      const turns = Object.entries(result.turns ?? {}).map(([sleeve, turn]) => `${sleeve} ${turn}`);
      const cash = `cash ${formatPercent(result.targets.cash)}`;
      return [{ at: null, event: 'decided', detail: [`${count(result.targets.weights.length, 'target')}, ${cash}`, ...turns].join('; ') }];
    }
    case 'leveraged':
      return [{ at: null, event: 'decided', detail: `sleeve ${result.sleeve} would be ${formatPercent(result.gross)} of its capital` }];
    case 'undefined':
      return [{ at: null, event: 'decided', detail: `nothing: ${result.metric} of ${result.symbol} ${result.detail}` }];
  }
}

function planned({ plan }: RunWithArtifacts): RunEvent[] {
  if (plan === undefined) return [];
  const { trades, skipped, isTriggered } = plan.plan;
  const why = plan.isForced === true ? 'forced' : isTriggered ? 'outside the band' : 'inside the band';
  return [{ at: null, event: 'planned', detail: `${why}: ${count(trades.length, 'trade')}, ${skipped.length} skipped` }];
}

function reviewed({ review }: RunWithArtifacts): RunEvent[] {
  if (review === undefined) return [];
  const said = review.review.kind === 'approved' ? 'approved' : `denied: ${review.review.code} (${figuresText(review.review.figures)})`;
  const remarks = (review.remarks ?? []).map(({ code, figures }) => `${code} (${figuresText(figures)})`);
  return [{ at: null, event: 'reviewed', detail: [said, ...remarks].join('; ') }];
}

function lastOf({ record: { phase, updatedAt } }: RunWithArtifacts): RunEvent[] {
  switch (phase.kind) {
    case 'claimed':
      return [];
    case 'awaiting-approval':
      return [{ at: instant(updatedAt), event: 'held', detail: `may be approved until ${instant(phase.execution.deadline)}` }];
    case 'executing':
      return [{ at: instant(updatedAt), event: 'executing', detail: 'the record was last written' }];
    case 'ended': {
      const { kind, code, detail, at } = phase.ending;
      return [
        {
          at: instant(at),
          event: 'ended',
          detail: [[kind, code].flatMap((word) => word ?? []).join(' '), detail].filter((text) => text !== '').join(': '),
        },
      ];
    }
  }
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
