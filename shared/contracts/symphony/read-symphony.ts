// What each of the two languages makes of its text.
import type { RebalanceRule, Tree } from '../../core/strategy/tree.ts';

/** What a source says beside its report; `tree` is meaningless once the report holds a problem. */
export interface ReadSymphony {
  readonly name: string;
  readonly description: string;
  readonly rebalance: RebalanceRule;
  readonly tree: Tree;
}
