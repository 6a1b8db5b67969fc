// All that a case is made of, drawn from its seed: the file, the account and the market, and what will go wrong. It outlives
// each of its sessions.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import { Chance } from './chance.ts';
import type { DayKind } from './day-kind.ts';
import { DayStores } from './day-ports.ts';
import { drawHoldingsOf, holdingsAt } from './drawn-account.ts';
import { drawPolicyOf, SYMBOLS, withLimits, withRule } from './drawn-policy.ts';
import { drawFaults, type Faults, NO_FAULTS } from './faults.ts';
import { FaultyBroker } from './faulty-broker.ts';
import { type Focus, focusFaults, focusOf, focusPolicy } from './focus.ts';
import { withExits } from './guarded.ts';
import { Market } from './market.ts';
import { Keys, withOtherAccount } from './other-account.ts';
import { withRealMoney } from './real-money.ts';
import { withSlices, withVolumes } from './thin-market.ts';
import { Timeline } from './timeline.ts';
import { withUnowned } from './unowned.ts';
import { drawYesterday, ruleOf, type Yesterday } from './yesterday.ts';

/** 16:00 in New York, on a Friday. */
const CLOSE = Date.UTC(2026, 10, 20, 21);
/** From the schedule's event to the close. */
export const DUE_BEFORE_CLOSE_MS = 25 * MINUTE_MS;
const DUE = CLOSE - DUE_BEFORE_CLOSE_MS;

export interface World {
  readonly seed: number;
  readonly kind: DayKind;
  readonly focus: Focus | undefined;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly policy: PortfolioPolicy;
  readonly yesterday: Yesterday | undefined;
  readonly timeline: Timeline;
  readonly market: Market;
  readonly broker: FaultyBroker;
  readonly keys: Keys;
  readonly stores: DayStores;
  /** When the first session's event is due. */
  readonly due: EpochMs;
}

/** @param replayed faults in place of those that the seed draws. */
export function drawWorld(seed: number, kind: DayKind, replayed?: Faults): World {
  const chance = new Chance(seed);
  const focus = focusOf(seed);
  // By chances of their own: what else a seed draws does not depend on them.
  const chanceOfFocus = new Chance(seed + 3_000_017);
  const chanceOfYesterday = new Chance(seed + 1_000_003);
  const drawnFaults = focusFaults(drawFaults(chance), focus, chanceOfFocus);
  const drawn = drawPolicyOf(kind, chance);
  const yesterday = focus === undefined ? drawYesterday(drawn, chanceOfYesterday) : undefined;
  const focused = focusPolicy(withSlices(seed, withLimits(seed, withRule(drawn, ruleOf(yesterday)))), focus, chanceOfFocus);
  const owned = kind !== 'long-short' && yesterday === undefined ? withExits(seed, withUnowned(seed, focused), focus) : focused;
  const policy = withRealMoney(seed, owned);
  const faults = replayed ?? withOtherAccount(seed, policy, withNextDay(drawnFaults, focus, new Chance(seed + 4_000_037)));
  const timeline = new Timeline(DUE);
  const market = withVolumes(seed, new Market(SYMBOLS, chance, faults));
  const drawnHoldings = drawHoldingsOf(kind, market, DUE, chance, focus);
  const followed = yesterday?.isFollowed === true ? holdingsAt(yesterday.targets, market, DUE, chanceOfYesterday) : {};
  const start = { accountNumber: 'SIM', ...drawnHoldings, ...followed, close: CLOSE, shareUnit: policy.shareUnit };
  const broker = new FaultyBroker(start, market, timeline, chance, faults);
  const other = new FaultyBroker({ ...start, accountNumber: 'OTHER' }, market, timeline, new Chance(seed + 6_000_029), NO_FAULTS);
  const keys = new Keys(broker, other);
  return { seed, kind, focus, chance, faults, policy, yesterday, timeline, market, broker, keys, stores: new DayStores(), due: DUE };
}

/** In a third of the cases the session after the first meets faults of its own. */
function withNextDay(faults: Faults, focus: Focus | undefined, chance: Chance): Faults {
  if (!chance.happens(1 / 3)) return faults;
  return { ...faults, nextDay: focusFaults(drawFaults(chance), focus, chance) };
}
