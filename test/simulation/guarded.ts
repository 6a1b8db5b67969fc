// Files whose sleeve has protective exits, some with tiers, and an account in which one position has fallen through its stop
// and another has gained. Told by the seed and not drawn: the chance of everything else stays as it was.
import type { PortfolioPolicy, Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { identityOf } from '../../shared/core/strategy/evaluate.ts';
import type { Held } from '../../shared/core/strategy/exits/exit-memory.ts';
import type { ExitRules } from '../../shared/core/strategy/exits/exit-rules.ts';
import { percent } from '../../shared/core/values/weight.ts';
import type { DayStores } from './day-ports.ts';
import { NO_FAULTS } from './faults.ts';
import type { Focus } from './focus.ts';
import type { SimulatedDay } from './simulated-day.ts';
import { AS_OF, storeRunBefore } from './yesterday.ts';

const FALLEN = 'BBB';
const RISEN = 'AAA';

/** What is met there at the right moment needs the purchases that the file names. */
const OF_A_MOMENT: ReadonlySet<Focus> = new Set<Focus>(['tight-sizes', 'tight-breaker', 'tight-price', 'orders-of-others']);

/** One file in four of those that buy only and have no yesterday. */
export function withExits(seed: number, policy: PortfolioPolicy, focus: Focus | undefined): PortfolioPolicy {
  if (seed % 4 !== 2 || (focus !== undefined && OF_A_MOMENT.has(focus))) return policy;
  const steps = [
    { gain: percent('5%'), add: percent('90%') },
    { gain: percent('10%'), add: percent('25%') },
  ];
  // The cap binds, or else the cash that the one that fell leaves.
  const cap = percent(seed % 16 === 2 ? '45%' : '70%');
  const tiers = seed % 8 === 2 ? { tiers: { steps, caps: { [RISEN]: cap } } } : {};
  const exits: ExitRules = { stopLoss: percent('8%'), trailing: percent('40%'), reEnter: 'when-target-returns', ...tiers };
  return { ...policy, sleeves: policy.sleeves.map((sleeve) => ({ ...sleeve, exits })) };
}

/** What an earlier run remembered. Prices of later days are told by what the close of then is by now. */
export async function storeGuarded(portfolio: string, { name, strategy, options }: Sleeve, stores: DayStores): Promise<void> {
  const symbols = { [FALLEN]: heldSince(120), [RISEN]: heldSince(80) };
  const exits = { asOf: AS_OF, strategy: identityOf(strategy, options), symbols };
  const states = { [name]: { anchor: AS_OF, asOf: AS_OF, memories: {}, exits } };
  const ending = { kind: 'nothing-to-trade', detail: 'simulated' } as const;
  await storeRunBefore(portfolio, { targets: { weights: [], cash: percent('100%') }, states }, ending, stores);
}

/** Of a symbol that closes at 100. */
function heldSince(entry: number): Held {
  const [best, reference] = [Math.max(entry, 100), { on: AS_OF, close: 100 }];
  return { kind: 'held', side: 'long', entered: '2026-11-10', entry, best, sessions: 6, seen: AS_OF, reference };
}

/**
 * What an exit has ended is not bought, and is kept out until the strategy lets go of it; what is added stays within its cap,
 * and within what the sleeve has in cash.
 */
export function brokenExits(day: SimulatedDay): string[] {
  const { decided, plan, policy, record } = day;
  const [sleeve] = policy.sleeves;
  if (sleeve?.exits === undefined) return [];
  const { name, exits: rules } = sleeve;
  const ending = record?.phase.kind === 'ended' ? record.phase.ending : undefined;
  const broken = ending?.code === 'leveraged-decision' ? [`more was added than there is: ${ending.detail}`] : [];
  if (decided === undefined) return broken;
  const ended = decided.exits?.[name] ?? [];
  const added = decided.adds?.[name] ?? [];
  const isWanted = (symbol: string): boolean => decided.targets.weights.some((each) => each.symbol === symbol);
  for (const [symbol, memory] of Object.entries(decided.states?.[name]?.exits?.symbols ?? {})) {
    if (memory.kind !== 'out') continue;
    if (isWanted(symbol)) broken.push(`${symbol} is wanted, though an exit keeps it out`);
    if (plan?.trades.some((trade) => trade.symbol === symbol && trade.side === 'buy'))
      broken.push(`${symbol} is bought, though an exit keeps it out`);
  }
  for (const { symbol } of added) {
    const weight = decided.targets.weights.find((each) => each.symbol === symbol)?.weight ?? 0n;
    if (weight > (rules.tiers?.caps[symbol] ?? 0n)) broken.push(`${symbol} is ${weight} with what was added`);
  }
  if (decided.targets.cash < policy.cashReserve) broken.push(`what was added leaves ${decided.targets.cash} in cash`);
  if (day.due !== day.world.due) return broken;
  if (ended.length !== 1 || ended[0]?.symbol !== FALLEN) broken.push(`${ended.map(({ symbol }) => symbol).join() || 'nothing'} was ended`);
  if (added.length !== (rules.tiers === undefined ? 0 : 1)) broken.push(`${added.length} tiers were added`);
  const isLeft = day.broker.held(FALLEN) > 0n && plan?.skipped.every(({ symbol }) => symbol !== FALLEN) === true;
  if (day.faults === NO_FAULTS && ending?.kind === 'completed' && isLeft) broken.push(`${FALLEN} is held, though an exit has ended it`);
  return broken;
}

/** In words that can be counted. */
export function guardsOf({ exits, adds, states }: NonNullable<SimulatedDay['decided']>): string[] {
  const memories = Object.values(states ?? {}).flatMap((state) => Object.entries(state.exits?.symbols ?? {}));
  const ended = Object.values(exits ?? {}).flat();
  const isKeptOut = memories.some(([symbol, { kind }]) => kind === 'out' && ended.every((exit) => exit.symbol !== symbol));
  return [
    ...ended.map(() => 'ended'),
    ...(isKeptOut ? ['kept-out'] : []),
    ...Object.values(adds ?? {}).flatMap((each) => each.map(() => 'added')),
  ];
}
