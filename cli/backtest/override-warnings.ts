// A portfolio that is live by override says so in everything that is said of it.
import type { Warning } from '../../research/backtest/warnings.ts';
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { Subject } from '../signal/subject.ts';

/** None for whatever needs none. */
export function overrideWarnings(read: Subject): readonly Warning[] {
  const override = read.kind === 'portfolio' ? read.policy.account.override : undefined;
  return override === undefined ? [] : [{ code: 'live-override', detail: overrideText(override) }];
}
