// A sound portfolio file for tests, to be spoiled one field at a time, and the words of its problems.
import { stringify } from 'yaml';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';

type Step = string | number;

/** Every key a file may have, so that each can be spoiled. */
export function soundFields(): Record<string, unknown> {
  return {
    portfolio: 'everything',
    description: 'every key written out',
    account: {
      name: 'main',
      mode: 'live',
      number: 'PA123',
      capital: '50%',
      auctions: ['close'],
      'live-override': { by: 'anna', reason: 'a first order, watched by hand' },
    },
    schedules: { monthly: { at: 'close-25m', every: 'month', on: 'last', band: { absolute: '5%', relative: '25%' }, approve: false } },
    sleeves: {
      core: {
        capital: '50%',
        strategy: { specified: { SPY: '20%', TLT: '20%', GLD: '20%', SHY: '20%', cash: '20%' } },
        rebalance: { every: 'month' },
        'decide-on': 'last-close',
        exits: { 'stop-loss': '8%', trailing: '10%', 'take-profit': '25%', sessions: 60, 're-enter': 'next-period' },
        tiers: [
          { gain: '5%', add: '50%' },
          { gain: '10%', add: '25%' },
        ],
      },
      calm: {
        capital: '30%',
        strategy: { 'inverse-volatility': { window: 60, of: ['VTI', 'IWN'] } },
        rebalance: { corridor: '5%' },
        options: {
          deviation: 'population',
          'stdev-return': 'annualised',
          'max-drawdown': 'negative',
          filter: 'spliced',
          branch: 'spliced',
          duplicates: 'merged',
          'ema-seed': 'mean',
          'rsi-seed': 'recursive',
          'rank-digits': 'all',
          prices: 'adjusted',
        },
      },
      nested: {
        capital: '20%',
        strategy: {
          specified: [
            { weight: '40%', of: 'EFA' },
            { weight: '60%', of: { equal: ['EEM', 'cash'] } },
          ],
        },
      },
    },
    'cash-reserve': '1%',
    'minimum-trade': '25 USD',
    shares: 'whole',
    limits: {
      'order-notional': '100000 USD',
      orders: 50,
      position: '30%',
      turnover: '100%',
      groups: { abroad: { of: ['EFA', 'EEM'], most: '40%' } },
      cluster: { correlation: '80%', window: 60, most: '90%' },
      breaker: { 'day-loss': { caution: '2%', restricted: '3%', stopped: '5%' }, drawdown: 'off' },
      stress: { day: '10%', week: '20%', shock: '20%', correlated: '20%' },
    },
    execution: {
      style: 'marketable',
      pegs: 3,
      'peg-wait': '30s',
      'collar-bps': 20,
      'approval-bps': 100,
      deadline: '5m',
      'quote-age': '30s',
      'spread-bps': 50,
      slices: 6,
      'slice-volume': '1%',
      participation: '10%',
      auction: 'none',
    },
    notify: { email: ['me@example.com'], digest: 'daily' },
  };
}

/** The sound file with one value put in (undefined takes it out). */
export function spoiled(path: readonly Step[], value: unknown): string {
  const fields = soundFields();
  let parent: unknown = fields;
  for (const step of path.slice(0, -1)) parent = Reflect.get(Object(parent), step);
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined) throw new RangeError(`no such place: ${path.join('.')}`);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return stringify(fields, { defaultKeyType: 'PLAIN' });
}

/** "path: value — expected …" of each problem; empty when the text is sound. */
export function problemsIn(text: string): string[] {
  const file = parsePortfolioFile(text, 'a.yaml');
  return file.kind === 'portfolio' ? [] : file.problems.map(({ path, value, expected }) => `${path}: ${value} — expected ${expected}`);
}

/** @throws Error with the problems when the text is not sound. */
export function policyIn(text: string): PortfolioPolicy {
  const file = parsePortfolioFile(text, 'a.yaml');
  if (file.kind === 'refused') throw new Error(problemsIn(text).join('\n'));
  return file.policy;
}
