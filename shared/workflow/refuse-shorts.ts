// Why short positions may not be opened, asked before anything is traded: half of a pair is another risk than the pair. It
// looks at nothing but the snapshot, so that a replay refuses the same.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import type { Trade } from '../core/rebalance/plan.ts';
import type { TargetWeights } from '../core/strategy/weights.ts';
import { formatUsd, usd } from '../core/values/money.ts';
import { formatShares } from '../core/values/shares.ts';
import { formatPercent } from '../core/values/weight.ts';
import { type Refusal, refused } from './refusals.ts';

/** Below it an account has no margin, and no short sales (FINRA Rule 4210(b)). */
const EQUITY_MIN = usd('2000');

/**
 * Everything must be said in so many words: by the file, by the account, by each asset. What is not said is not allowed.
 * A short position that is only made smaller, or left, needs nobody's leave but the file's.
 */
export function refuseShorts(
  policy: PortfolioPolicy,
  snapshot: Snapshot,
  targets: TargetWeights,
  trades: readonly Trade[],
): Refusal | undefined {
  const why = strayShort(snapshot) ?? whyNot(policy, snapshot, targets, trades);
  return why === undefined ? undefined : refused('short-not-allowed', why);
}

function whyNot(policy: PortfolioPolicy, snapshot: Snapshot, { weights }: TargetWeights, trades: readonly Trade[]): string | undefined {
  const shorts = weights.filter(({ weight }) => weight < 0n);
  const sum = shorts.reduce((total, { weight }) => total - weight, 0n);
  const { shortMax } = policy.limits;
  if (sum > shortMax) return `the strategy is ${formatPercent(sum)} short, limits.short is ${formatPercent(shortMax)}`;
  const lent = shorts.filter(({ symbol }) => isToBeLent(symbol, snapshot, trades));
  if (lent.length === 0) return undefined;
  const account = accountRefusal(snapshot.account);
  if (account !== undefined) return account;
  const refusing = lent.find(({ symbol }) => !mayBeLent(snapshot.assets.find((asset) => asset.symbol === symbol)));
  return refusing === undefined
    ? undefined
    : `the broker does not lend ${refusing.symbol}: it is not tradable, shortable and easy to borrow`;
}

/** Now, or by the run after a position was brought to zero. */
function isToBeLent(symbol: string, { positions }: Snapshot, trades: readonly Trade[]): boolean {
  const isShort = positions.some((position) => position.symbol === symbol && position.quantity < 0n);
  return !isShort || trades.some((trade) => trade.symbol === symbol && trade.side === 'sell');
}

function mayBeLent(asset: Snapshot['assets'][number] | undefined): boolean {
  return asset?.isTradable === true && asset.isShortable === true && asset.isEasyToBorrow === true;
}

function accountRefusal({ canShort, multiplier, shortValue, equity }: Account): string | undefined {
  if (canShort !== true) return 'the account may not sell short';
  if (multiplier === undefined || multiplier < 2) return `the account has no margin: its multiplier is ${multiplier ?? 'unknown'}`;
  if (equity < EQUITY_MIN) return `the account is worth ${formatUsd(equity)}: below ${formatUsd(EQUITY_MIN)} it may not sell short`;
  return shortValue === undefined ? 'the broker does not say what the short positions are worth' : undefined;
}

/** Its proceeds are part of the cash, and nobody here can tell how much of it they are. */
function strayShort({ positions, assets }: Snapshot): string | undefined {
  const stray = positions.find(({ symbol, quantity }) => quantity < 0n && !assets.some((asset) => asset.symbol === symbol));
  if (stray === undefined) return undefined;
  return `${formatShares(-stray.quantity)} ${stray.symbol} are short and no sleeve names it: what their sale brought is not ours to spend`;
}
