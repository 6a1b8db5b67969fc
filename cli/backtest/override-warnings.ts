// A portfolio that is live by override says so in everything that is said of it.
import type { Subject } from '../signal/subject.ts';
import type { Warning } from './backtest-document.ts';

/** None for whatever needs none. */
export async function overrideWarnings(read: Subject): Promise<readonly Warning[]> {
  const override = read.kind === 'portfolio' ? read.policy.account.override : undefined;
  if (override === undefined) return [];
  // Of a rule that no other backtest needs.
  const { overrideText } = await import('../../shared/contracts/hypothesis/live-clearance.ts');
  return [{ code: 'live-override', detail: overrideText(override) }];
}
