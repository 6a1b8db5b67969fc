// What a portfolio file says, once its text is plain values: policy out, or everything that is wrong with it. It
// refuses to know how the values were written down, so that whoever has JSON needs no YAML.
import type { Schedule } from '../core/market/schedule.ts';
import { findingsOf } from './findings.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';
import { contradictionsOf } from './portfolio-rules.ts';
import { type PortfolioFields, portfolioSchema } from './portfolio-schema.ts';
import type { Finding } from './problem.ts';

export type PortfolioValue =
  | { readonly kind: 'portfolio'; readonly policy: PortfolioPolicy }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Never throws. Contradictions between fields are reported once every field is right by itself. */
export function readPortfolioValue(value: unknown): PortfolioValue {
  const fields = portfolioSchema.safeParse(value);
  if (!fields.success) return { kind: 'refused', findings: findingsOf(fields.error.issues, value) };
  const policy = policyOf(fields.data);
  const contradictions = contradictionsOf(policy);
  return contradictions.length === 0 ? { kind: 'portfolio', policy } : { kind: 'refused', findings: contradictions };
}

function policyOf(fields: PortfolioFields): PortfolioPolicy {
  const { limits, execution, account } = fields;
  return {
    name: fields.portfolio,
    ...(fields.description === undefined ? {} : { description: fields.description }),
    account: { name: account.name, mode: account.mode, ...(account.number === undefined ? {} : { number: account.number }) },
    schedules: Object.entries(fields.schedules).map(scheduleOf),
    sleeves: Object.entries(fields.sleeves).map(([name, { capital, strategy }]) => ({ name, capital, strategy })),
    cashReserve: fields['cash-reserve'],
    minimumTrade: fields['minimum-trade'],
    shareUnit: fields.shares,
    limits: {
      orderNotionalMax: limits['order-notional'],
      ordersMax: limits.orders,
      positionMax: limits.position,
      turnoverMax: limits.turnover,
    },
    execution: {
      style: execution.style,
      pegsMax: execution.pegs,
      pegWaitMs: execution['peg-wait'],
      collarBps: execution['collar-bps'],
      deadlineBeforeCloseMs: execution.deadline,
      quote: { quoteAgeMsMax: execution['quote-age'], spreadBpsMax: execution['spread-bps'] },
    },
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
