// What a portfolio file says, once its text is plain values: policy out, or everything that is wrong with it. It
// refuses to know how the values were written down, so that whoever has JSON needs no YAML.
import type { Schedule } from '../core/market/schedule.ts';
import { CAPITAL_STEPS } from '../core/strategy/capital-step.ts';
import type { Tree } from '../core/strategy/tree.ts';
import { percent } from '../core/values/weight.ts';
import { findingsOf } from './findings.ts';
import { limitsOf } from './limits-schema.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';
import { contradictionsOf } from './portfolio-rules.ts';
import { type PortfolioFields, portfolioSchema } from './portfolio-schema.ts';
import { positionCaps } from './position-caps.ts';
import type { Finding } from './problem.ts';
import { tierContradictions, withTiers } from './sleeve-tiers.ts';
import { putTogether } from './strategy-file/put-together.ts';

export type PortfolioValue =
  | { readonly kind: 'portfolio'; readonly policy: PortfolioPolicy }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Never throws. Contradictions between fields are reported once every field is right by itself. */
export function readPortfolioValue(value: unknown): PortfolioValue {
  // Read once, it is read sooner by schemas that are not first compiled.
  const fields = portfolioSchema.safeParse(value, { jitless: true });
  if (!fields.success) return { kind: 'refused', findings: findingsOf(fields.error.issues, value) };
  const strategies = strategiesOf(fields.data);
  if (strategies.kind === 'refused') return strategies;
  const policy = policyOf(fields.data, strategies.trees);
  const contradictions = [...contradictionsOf(policy), ...tierContradictions(policy.sleeves, (name) => fields.data.sleeves[name]?.tiers)];
  return contradictions.length === 0 ? { kind: 'portfolio', policy } : { kind: 'refused', findings: contradictions };
}

type Strategies =
  | { readonly kind: 'read'; readonly trees: ReadonlyMap<string, Tree> }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** By sleeve, each put together from its parts. */
function strategiesOf({ sleeves }: PortfolioFields): Strategies {
  const trees = new Map<string, Tree>();
  for (const [name, { strategy, parts = {} }] of Object.entries(sleeves)) {
    const whole = putTogether(strategy, new Map(Object.entries(parts)));
    if (whole.kind === 'refused') return { kind: 'refused', findings: [inSleeve(name, whole.finding)] };
    trees.set(name, whole.tree);
  }
  return { kind: 'read', trees };
}

/** The finding's path is that of a strategy file: `tree` or `parts.growth`. */
function inSleeve(name: string, finding: Finding): Finding {
  const [head, ...rest] = finding.path;
  return { ...finding, path: ['sleeves', name, ...(head === 'parts' ? ['parts', ...rest] : ['strategy'])] };
}

/** Real money begins with the first step; the last is what holds where nothing is said. */
function accountOf(account: PortfolioFields['account']): PortfolioPolicy['account'] {
  const { name, mode, number, auctions, 'live-override': override, capital = mode === 'live' ? CAPITAL_STEPS[0] : '100%' } = account;
  return {
    name,
    mode,
    ...(number === undefined ? {} : { number }),
    ...(capital === '100%' ? {} : { capital: percent(capital) }),
    ...(auctions.length === 0 ? {} : { auctions }),
    ...(override === undefined ? {} : { override }),
  };
}

function policyOf(fields: PortfolioFields, trees: ReadonlyMap<string, Tree>): PortfolioPolicy {
  const { limits, execution, account, notify } = fields;
  const schedules = Object.entries(fields.schedules).map(scheduleOf);
  const sleeves = Object.entries(fields.sleeves).map(([name, { capital, rebalance, 'decide-on': decideOn, options, exits }]) => ({
    name,
    capital,
    strategy: trees.get(name) ?? ({ kind: 'cash' } as const),
    rebalance: rebalance ?? ({ kind: 'every', every: 'day' } as const),
    decideOn: decideOn ?? ('last-close' as const),
    options,
    ...(exits === undefined || exits === 'none' ? {} : { exits }),
  }));
  const limitsInForce = limitsOf(limits, positionCaps({ sleeves, schedules }));
  return {
    name: fields.portfolio,
    ...(fields.description === undefined ? {} : { description: fields.description }),
    account: accountOf(account),
    schedules,
    sleeves: sleeves.map((sleeve) => withTiers(sleeve, fields.sleeves[sleeve.name]?.tiers, limitsInForce)),
    cashReserve: fields['cash-reserve'],
    minimumTrade: fields['minimum-trade'],
    shareUnit: fields.shares,
    ...(fields.unowned === 'leave' ? {} : { unowned: fields.unowned }),
    ...(fields.settlement === undefined ? {} : { settlement: fields.settlement }),
    ...(fields['invest-deposits'] === 'under-weights' ? {} : { investDeposits: fields['invest-deposits'] }),
    limits: limitsInForce,
    execution: {
      style: execution.style,
      pegsMax: execution.pegs,
      pegWaitMs: execution['peg-wait'],
      collarBps: execution['collar-bps'],
      deadlineBeforeCloseMs: execution.deadline,
      approvalBpsMax: execution['approval-bps'],
      quote: { quoteAgeMsMax: execution['quote-age'], spreadBpsMax: execution['spread-bps'] },
      ...(execution.slices === 1
        ? {}
        : {
            slicing: {
              slicesMax: execution.slices,
              volumeMax: execution['slice-volume'],
              participationMax: execution.participation,
            },
          }),
      ...(execution.auction === 'none' ? {} : { auction: execution.auction }),
    },
    ...(notify.email.length === 0 && notify.digest === 'daily' ? {} : { notify }),
  };
}

function scheduleOf([name, { at, every, on, band, approve }]: [string, PortfolioFields['schedules'][string]]): Schedule {
  const { absolute, relative } = band;
  return {
    name,
    at,
    every,
    on: on ?? 'last',
    band: { ...(absolute === undefined ? {} : { absolute }), ...(relative === undefined ? {} : { relative }) },
    approve,
  };
}
