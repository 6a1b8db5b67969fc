// A signal as plain values, for --json.
import type { AssetClass } from '../../shared/core/market/asset-calendar.ts';
import type { Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { UndefinedPart } from '../../shared/core/strategy/evaluator/undefined-part.ts';
import type { ExitState } from '../../shared/core/strategy/exits/exit-memory.ts';
import { tradedSession } from '../../shared/core/strategy/traded-session.ts';
import type { DecideOn } from '../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { metricText } from './metric-text.ts';

export interface DecisionDocument {
  /** Shares of one; null where something that decides is undefined. */
  readonly weights: Readonly<Record<string, number>> | null;
  readonly cash: number | null;
  readonly undefined: readonly (Omit<UndefinedPart, 'metric'> & { readonly metric: string })[];
  readonly trace: Pick<Trace, 'steps'>;
  /** By symbol, where the strategy has protective exits: as if it had decided on every session since its prices begin. */
  readonly exits?: ExitState['symbols'];
}

export function decisionDocument({ weights, cash, steps, undefinedParts }: Trace, exits: ExitState | undefined): DecisionDocument {
  const said = undefinedParts.map((part) => ({ ...part, metric: metricText(part.metric) }));
  return { weights, cash, undefined: said, trace: { steps }, ...(exits === undefined ? {} : { exits: exits.symbols }) };
}

export interface TimingDocument {
  readonly decideOn: DecideOn;
  /** The session in which the decision is traded; null where the calendar ends before it. */
  readonly tradedOn: NewYorkDate | null;
}

/** In history the close of the session stands for its live quotes. */
export function timingDocument(decideOn: DecideOn, asOf: NewYorkDate, calendar: AssetClass = 'equities'): TimingDocument {
  return { decideOn, tradedOn: tradedSession(decideOn, asOf, calendar) ?? null };
}
