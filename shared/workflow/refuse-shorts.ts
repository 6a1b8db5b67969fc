// Why short positions may not be held, asked before anything is planned: half of a pair is another risk than the pair. It
// looks at nothing but the snapshot, so that a replay refuses the same.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import type { TargetWeights } from '../core/strategy/weights.ts';
import { formatUsd, usd } from '../core/values/money.ts';
import { formatShares } from '../core/values/shares.ts';
import { formatPercent } from '../core/values/weight.ts';
import { type Refusal, refused } from './refusals.ts';

/** Below it an account has no margin, and no short sales (FINRA Rule 4210(b)). */
const EQUITY_MIN = usd('2000');

/** Everything must be said in so many words: by the file, by the account, by each asset. What is not said is not allowed. */
export function refuseShorts(policy: PortfolioPolicy, snapshot: Snapshot, targets: TargetWeights): Refusal | undefined {
  const why = strayShort(snapshot) ?? whyNot(policy, snapshot, targets);
  return why === undefined ? undefined : refused('short-not-allowed', why);
}

function whyNot(policy: PortfolioPolicy, snapshot: Snapshot, { weights }: TargetWeights): string | undefined {
  const shorts = weights.filter(({ weight }) => weight < 0n);
  if (shorts.length === 0) return undefined;
  const sum = shorts.reduce((total, { weight }) => total - weight, 0n);
  const { shortMax } = policy.limits;
  if (sum > shortMax) return `the strategy is ${formatPercent(sum)} short, limits.short is ${formatPercent(shortMax)}`;
  const account = accountRefusal(snapshot.account);
  if (account !== undefined) return account;
  const asset = shorts
    .map(({ symbol }) => snapshot.assets.find((each) => each.symbol === symbol) ?? { symbol, isTradable: false })
    .find((each) => !(each.isTradable && 'isShortable' in each && each.isShortable && each.isEasyToBorrow));
  return asset === undefined ? undefined : `the broker does not lend ${asset.symbol}: it is not tradable, shortable and easy to borrow`;
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
