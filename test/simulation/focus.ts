// What a seed is about. Faults drawn alone and evenly seldom meet where it hurts; so half of the days are made for one
// trouble, with the file and the account that bring it about and with the faults that go with it, among all the others.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { usd } from '../../shared/core/values/money.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { percent } from '../../shared/core/values/weight.ts';
import { Chance } from './chance.ts';
import type { DayKind } from './day-kind.ts';
import { QUOTE_FLAWS } from './fault-kinds.ts';
import { type Faults, NO_FAULTS } from './faults.ts';

export const FOCUSES = [
  'repricing',
  'near-deadline',
  'tight-collar',
  'scarce-money',
  'lost-answers',
  'blocked-account',
  'tight-sizes',
  'tight-breaker',
  'tight-price',
  'orders-of-others',
  'bad-quotes',
] as const;
export type Focus = (typeof FOCUSES)[number];

/** Money gets scarce, and answers get lost, in more ways than one; what is tight must be met at the right moment. */
const DRAWN: readonly Focus[] = [
  ...FOCUSES,
  'scarce-money',
  'scarce-money',
  'lost-answers',
  'tight-breaker',
  'tight-price',
  'orders-of-others',
];
/** By a chance of its own: what else a seed draws does not depend on it. */
const CHANCE_OF_FOCUS = 2_000_003;

/** Two days in three have one. */
export function focusOf(seed: number): Focus | undefined {
  const chance = new Chance(seed + CHANCE_OF_FOCUS);
  return chance.happens(0.67) ? chance.pick(DRAWN) : undefined;
}

/** Which accounts it is for, by turns; most are for all. */
export function kindsOf(focus: Focus | undefined): readonly DayKind[] {
  switch (focus) {
    case 'scarce-money':
      return ['long-short', 'cash', 'long-only', 'long-short'];
    // Where something is short, prices do not leap.
    case 'tight-sizes':
    case 'tight-breaker':
    case 'tight-price':
      return ['long-only', 'cash'];
    default:
      // Half of the seeds buy and sell in a margin account; the others may hold short positions, or have no margin.
      return ['long-only', 'cash', 'long-only', 'long-short'];
  }
}

/** The file that brings it about. */
export function focusPolicy(drawn: PortfolioPolicy, focus: Focus | undefined, chance: Chance): PortfolioPolicy {
  if (focus === undefined) return drawn;
  // Nobody has to say yes to it first, but where prices are to move in between.
  const approve = focus === 'tight-sizes';
  const policy = { ...drawn, schedules: drawn.schedules.map((schedule) => ({ ...schedule, approve })) };
  const { execution, limits } = policy;
  switch (focus) {
    case 'repricing':
      return { ...policy, execution: { ...execution, style: 'patient', pegsMax: chance.between(3, 5), pegWaitMs: 2 * SECOND_MS } };
    case 'near-deadline':
      return {
        ...policy,
        execution: {
          ...execution,
          pegsMax: chance.between(2, 4),
          pegWaitMs: 2 * SECOND_MS,
          // A run is due 25 minutes before the close: this strikes when it is at work.
          deadlineBeforeCloseMs: 25 * MINUTE_MS - chance.between(10 * SECOND_MS, 45 * SECOND_MS),
        },
      };
    case 'tight-collar':
      return {
        ...policy,
        execution: { ...execution, collarBps: chance.pick([2, 3, 7, 11]), pegsMax: chance.between(2, 4), pegWaitMs: 2 * SECOND_MS },
      };
    case 'scarce-money':
    case 'bad-quotes':
      return { ...policy, execution: { ...execution, pegsMax: chance.between(2, 4), pegWaitMs: 2 * SECOND_MS } };
    case 'tight-sizes':
      // The first funding buys AAA for 34,823 dollars, a little less than either allows, and with BBB for 59,697.
      return {
        ...policy,
        limits: {
          ...limits,
          ...chance.pick([
            { orderNotionalMax: usd('34850') },
            { positionMax: percent('34.7%') },
            { groups: [{ name: 'first', of: ['AAA', 'BBB'], max: percent('59.5%') }] },
          ]),
        },
        execution: { ...execution, approvalBpsMax: 100 },
      };
    case 'tight-breaker':
      return {
        ...policy,
        limits: { ...limits, breaker: { drawdown: { caution: percent('0.1%'), restricted: percent('0.2%'), stopped: percent('0.8%') } } },
      };
    case 'tight-price':
      return {
        ...policy,
        limits: { ...limits, priceMoveMax: percent('0.85%') },
        execution: { ...execution, collarBps: 150, pegsMax: chance.between(2, 4), pegWaitMs: 2 * SECOND_MS },
      };
    case 'lost-answers':
    case 'blocked-account':
      return policy;
    case 'orders-of-others':
      // The largest target is 35 %: what somebody buys beside it may be too much.
      return { ...policy, limits: { ...limits, positionMax: percent('40%') } };
  }
}

/** What such a file brings about without any fault: refusals, and residuals. */
export function codesOf(focus: Focus | undefined): readonly string[] {
  switch (focus) {
    case 'near-deadline':
      return ['deadline'];
    case 'tight-sizes':
      return ['order-notional-max', 'position-max', 'group-max'];
    case 'tight-breaker':
      return ['breaker-restricted', 'breaker-stopped', 'kill-switch'];
    case 'tight-price':
      return ['price-move'];
    case 'orders-of-others':
      return ['position-max'];
    default:
      return [];
  }
}

/** Ends most days before their first order. Days without a focus have enough of them. */
const ENDS_THE_DAY: ReadonlySet<keyof Faults> = new Set([
  'calendarDisagrees',
  'scheduleLateMs',
  'deliveries',
  'switchTurns',
  'blockedAfterMs',
]);

/** The faults that go with it, and a third of those that are drawn. A day without faults stays one. */
export function focusFaults(drawn: Faults, focus: Focus | undefined, chance: Chance): Faults {
  if (drawn === NO_FAULTS || focus === undefined) return drawn;
  const { staleMsMax, lateMsMin, lateMsMax, crashesMax } = drawn;
  const left = Object.entries(drawn).filter(([name]) => !ENDS_THE_DAY.has(name as keyof Faults) && chance.happens(0.35));
  return { ...NO_FAULTS, ...Object.fromEntries(left), staleMsMax, lateMsMin, lateMsMax, crashesMax, ...faultsOf(focus, chance) };
}

function faultsOf(focus: Focus, chance: Chance): Partial<Faults> {
  const some = (least: number, most: number): number => least + chance.next() * (most - least);
  switch (focus) {
    case 'repricing':
      return {
        unfillable: some(0.5, 1),
        storeSlow: some(0, 0.3),
        worstMoment: { on: 'order-repriced', nth: chance.between(1, 3), what: chance.pick(['keep', 'keep', 'keep', 'cancel']) },
      };
    case 'near-deadline':
      return { unfillable: some(0, 1), badQuote: some(0, 0.4), storeSlow: some(0.1, 0.3), ...atTheDeadline(chance) };
    case 'tight-collar':
      return {
        unfillable: some(0, 0.6),
        priceJump: {
          afterMs: chance.between(SECOND_MS, 8 * SECOND_MS),
          place: chance.between(0, 4),
          bps: chance.between(2, 40) * chance.pick([1, -1] as const),
        },
      };
    case 'scarce-money':
      return { unfillable: some(0.3, 1), rejects: some(0, 0.3), badQuote: some(0.1, 0.6), brokerCancels: some(0, 0.3) };
    case 'lost-answers':
      return {
        late: some(0.3, 0.8),
        lateMsMin: 6 * SECOND_MS,
        lateMsMax: chance.pick([12, 30, 60]) * SECOND_MS,
        lostAfter: some(0, 0.6),
        rejects: some(0.2, 0.6),
        checksMoneyFirst: true,
        unfillable: some(0, 0.8),
        staleRead: some(0, 0.8),
        staleMsMax: chance.pick([6, 20]) * SECOND_MS,
        ...(chance.happens(0.5)
          ? { switchTurns: [{ afterMs: chance.between(8 * SECOND_MS, 40 * SECOND_MS), to: chance.pick(['cancel', 'keep'] as const) }] }
          : {}),
      };
    case 'blocked-account':
      return {
        blockedAfterMs: chance.between(4 * SECOND_MS, 20 * SECOND_MS),
        unfillable: some(0, 0.6),
        badQuote: some(0.1, 0.6),
        lostBefore: some(0, 0.4),
      };
    case 'tight-sizes':
      return {
        priceJump: { afterMs: chance.between(9 * SECOND_MS, 20 * SECOND_MS), place: 0, bps: chance.between(10, 95) },
      };
    case 'tight-breaker':
      return {
        unfillable: some(0, 0.5),
        priceJump: { afterMs: chance.between(5 * SECOND_MS, 15 * SECOND_MS), place: chance.between(0, 4), bps: -chance.between(60, 500) },
      };
    case 'tight-price':
      return {
        unfillable: some(0, 0.5),
        priceJump: {
          afterMs: chance.between(6 * SECOND_MS, 13 * SECOND_MS),
          place: chance.between(0, 3),
          bps: chance.between(90, 140) * chance.pick([1, -1] as const),
        },
      };
    case 'bad-quotes':
      return {
        unfillable: some(0, 0.5),
        badQuote: some(0, 0.5),
        stuckQuote: {
          afterMs: chance.between(4 * SECOND_MS, 12 * SECOND_MS),
          place: chance.between(0, 4),
          flaw: chance.pick(QUOTE_FLAWS),
        },
      };
    case 'orders-of-others':
      return {
        unfillable: some(0, 0.5),
        replaced: some(0, 0.4),
        orderByHand: {
          afterMs: chance.between(8 * SECOND_MS, 14 * SECOND_MS),
          place: chance.between(0, 4),
          side: chance.pick(['buy', 'sell'] as const),
        },
        handTrades: [
          {
            afterMs: chance.between(6 * SECOND_MS, 14 * SECOND_MS),
            place: chance.between(0, 3),
            side: 'buy',
            shares: chance.between(40, 200),
          },
        ],
        ...(chance.happens(0.5) ? { worstMoment: { on: 'order-decided', nth: chance.between(1, 4), what: 'foreign-order' } } : {}),
      };
  }
}

/** Half of the time the last moment is not waited for. */
function atTheDeadline(chance: Chance): Partial<Faults> {
  if (chance.happens(0.5)) return {};
  return { worstMoment: { on: 'order-decided', nth: chance.between(1, 4), what: 'clock-at-deadline' } };
}
