// What a run that ended says of itself, in the words of a backtest: why it was refused, who rebalanced, what was left undone.
import { openArtifact } from '../../shared/contracts/artifacts.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { DENIAL_CODES } from '../../shared/core/risk/denial.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { notional } from '../../shared/core/values/shares.ts';
import { toFraction } from '../../shared/core/values/weight.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import { REFUSAL_CODES, type RefusalCode } from '../../shared/workflow/refusals.ts';
import type { BacktestResult, Rebalance } from '../backtest/backtest-result.ts';

export interface RunReport {
  readonly turns: Rebalance['turns'];
  readonly refused: BacktestResult['refused'][number] | undefined;
  readonly skipped: BacktestResult['skipped'];
}

const MICROS = 1_000_000;
const CODES: readonly string[] = [...REFUSAL_CODES, ...DENIAL_CODES];

export async function runReport(record: RunRecord, artifacts: Pick<ArtifactStore, 'get'>): Promise<RunReport> {
  const { session: date, phase } = record;
  const { decision: decided, plan: planned, outcome: ended } = record.artifacts;
  const decision = decided === undefined ? undefined : openArtifact('decision', await textOf(decided, artifacts));
  const plan = planned === undefined ? undefined : openArtifact('plan', await textOf(planned, artifacts)).plan;
  const outcome = ended === undefined ? undefined : openArtifact('outcome', await textOf(ended, artifacts)).outcome;
  const ending = phase.kind === 'ended' ? phase.ending : undefined;
  const skipped = plan?.skipped.map(({ symbol, code }) => {
    const drift = plan.lines.find((line) => line.symbol === symbol)?.drift ?? 0n;
    return { date, symbol, code, leftOut: Math.abs(toFraction(drift)) * (Number(plan.equity) / MICROS) };
  });
  const residuals = outcome?.trades.flatMap(({ symbol, arrival, residual }) =>
    residual === undefined
      ? []
      : [{ date, symbol, code: residual.code, leftOut: Number(notional(arrival, residual.quantity, 'half-even')) / MICROS }],
  );
  return {
    turns: decision?.result.kind === 'weights' ? (decision.result.turns ?? {}) : {},
    refused: ending?.kind === 'refused' ? { date, code: codeOf(ending.code), detail: ending.detail } : undefined,
    skipped: [...(skipped ?? []), ...(residuals ?? [])],
  };
}

function codeOf(code: string | undefined): RefusalCode {
  if (code === undefined || !CODES.includes(code)) throw new Error(`a run was refused as ${code}`);
  return code as RefusalCode;
}

async function textOf(hash: ContentHash, artifacts: Pick<ArtifactStore, 'get'>): Promise<string> {
  const text = await artifacts.get(hash);
  if (text === undefined) throw new Error(`${hash} is not stored`);
  return text;
}
