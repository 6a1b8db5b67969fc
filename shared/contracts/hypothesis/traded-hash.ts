// What a portfolio trades, and when and how, by one hash: a policy check on paper is bound to it. Left out is what only says where
// and to whom (account, mail, names), and the limits, which can stop a trade and never make one.
import type { ContentHash } from '../../core/values/identity.ts';
import { canonicalJson, contentHash } from '../canonical-json.ts';
import type { PortfolioPolicy } from '../portfolio-policy.ts';
import { strategyHash } from './strategy-hash.ts';

/** The same whatever sleeves and schedules are called and in which order they stand. */
export function tradedHash(policy: Omit<PortfolioPolicy, 'name' | 'description' | 'account' | 'notify' | 'limits'>): ContentHash {
  const { sleeves, schedules, cashReserve, minimumTrade, shareUnit, unowned, settlement, investDeposits, execution } = policy;
  return contentHash(
    canonicalJson(
      spelled({
        sleeves: sleeves.map((sleeve) => canonicalJson(spelled({ capital: sleeve.capital, strategy: strategyHash(sleeve) }))).sort(),
        schedules: schedules.map(({ at, every, on, band }) => canonicalJson(spelled({ at, every, on, band }))).sort(),
        cashReserve,
        minimumTrade,
        shareUnit,
        unowned,
        settlement,
        investDeposits,
        execution,
      }),
    ),
  );
}

/** JSON knows no whole number of any size. */
function spelled(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (Array.isArray(value)) return value.map(spelled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spelled(each)]));
}
