// What must be true after every day, whatever happened on it. Each law that does not hold is a sentence.
import { filledQuantity, type Leg, reduces } from '../../shared/core/execution/leg.ts';
import { isTerminal, type OrderIntent } from '../../shared/core/execution/order.ts';
import { absolute } from '../../shared/core/values/rounding.ts';
import { portfolioSymbols } from '../../shared/workflow/take-snapshot.ts';
import { isShortOfOrders } from './drawn-policy.ts';
import { NO_FAULTS } from './faults.ts';
import { codesOf } from './focus.ts';
import { brokenExits } from './guarded.ts';
import { isUncleared } from './real-money.ts';
import type { SimulatedDay } from './simulated-day.ts';

export function brokenLaws(day: SimulatedDay): readonly string[] {
  return [
    ...day.broken,
    ...brokenAtTheEnd(day),
    ...brokenDoubt(day),
    ...brokenRule(day),
    ...brokenExits(day),
    ...brokenStop(day),
    // What a session before left behind is a fault as well.
    ...(day.faults === NO_FAULTS && day.due === day.world.due ? brokenWithoutFaults(day) : []),
  ];
}

function brokenAtTheEnd(day: SimulatedDay): string[] {
  const { record, broker } = day;
  if (record === undefined) return ['there is no record of the run'];
  switch (record.phase.kind) {
    case 'claimed':
      return ['the run was claimed and never planned'];
    case 'awaiting-approval':
      return broker.orders.length > 0 ? ['orders of a plan that nobody approved'] : [];
    case 'executing':
      return ['the run never ended'];
    case 'ended':
      return brokenAfterEnd(record.phase.execution?.legs ?? [], day);
  }
}

function brokenAfterEnd(legs: readonly Leg[], day: SimulatedDay): string[] {
  const { broker, plan, record, stores } = day;
  const broken: string[] = [];
  const planned = new Set(legs.map(({ symbol }) => symbol));
  for (const { symbol, clientOrderId } of broker.orders)
    if (!planned.has(symbol)) broken.push(`${clientOrderId} trades what was never planned`);
  if (!mayShort(day) && plan?.trades.some(({ side, position }) => side === 'sell' && position === 'short') === true)
    broken.push('a short sale is planned where none is allowed');
  for (const leg of legs) {
    const atBroker = broker.filledQuantity(leg.symbol);
    const trade = plan?.trades.find(({ symbol }) => symbol === leg.symbol);
    if (trade?.quantity !== leg.quantity) broken.push(`${leg.symbol}: the leg is ${leg.quantity}, the plan ${trade?.quantity}`);
    if (atBroker > leg.quantity) broken.push(`${leg.symbol}: ${atBroker} filled of ${leg.quantity} planned`);
    broken.push(...brokenInLeg(leg, atBroker, broker.liveOrders(leg.symbol).length));
  }
  broken.push(...brokenSteps(legs, day), ...brokenSlices(legs, day), ...brokenPrices(legs, day));
  for (const order of broker.orders) {
    const isCountedOnce =
      legs.flatMap(({ closedOrders }) => closedOrders).filter(({ clientOrderId }) => clientOrderId === order.clientOrderId).length <= 1;
    if (!isCountedOnce) broken.push(`${order.clientOrderId} is counted twice`);
  }
  const isUnresolved = record?.phase.kind === 'ended' && record.phase.ending.kind === 'unresolved';
  const hasUnresolved = legs.some(({ stage }) => stage.kind === 'done' && stage.residual?.code === 'unresolved');
  if (isUnresolved !== hasUnresolved) broken.push('the ending does not say whether something is unresolved');
  if (!isUnresolved && !wasMoved(day) && stores.notifier.notices.some(({ code }) => code === 'unexplained-residual'))
    broken.push('drift without a reason');
  return broken;
}

/** What was approved was near enough to the plan, and no order is outside the collar around what was approved. */
function brokenPrices(legs: readonly Leg[], { broker, plan, policy }: SimulatedDay): string[] {
  const { approvalBpsMax = 0, collarBps } = policy.execution;
  return legs.flatMap(({ symbol, side, arrival, decision = arrival }) => {
    const broken: string[] = [];
    const planned = plan?.trades.find((trade) => trade.symbol === symbol)?.arrival;
    if (decision !== planned) broken.push(`${symbol}: decided at ${decision}, planned at ${planned}`);
    if (absolute(arrival - decision) * 10_000n > decision * BigInt(approvalBpsMax))
      broken.push(`${symbol}: approved at ${arrival}, more than ${approvalBpsMax} bp from ${decision}`);
    for (const { limitPrice, clientOrderId } of broker.intents.filter((intent) => intent.symbol === symbol)) {
      const beyond = side === 'buy' ? limitPrice - arrival : arrival - limitPrice;
      if (beyond * 10_000n > arrival * BigInt(collarBps))
        broken.push(`${clientOrderId} stands at ${limitPrice}, the arrival is ${arrival}`);
    }
    return broken;
  });
}

/** Each price step of a slice reaches further than the one before, and there are no more of them than the file allows. */
function brokenSteps(legs: readonly Leg[], { broker, policy }: SimulatedDay): string[] {
  const broken: string[] = [];
  const slices = legs.flatMap(({ symbol, side, slicing }) => {
    const orders = broker.intents.filter((intent) => intent.symbol === symbol);
    return (slicing?.slices ?? [undefined]).map((_, slice) => ({
      symbol,
      side,
      orders: orders.filter((intent) => sliceOf(intent) === slice),
    }));
  });
  for (const { symbol, side, orders } of slices) {
    const steps = orders
      .map((intent) => ({ ...intent, peg: Number(intent.clientOrderId.split('_').at(-1)) }))
      .sort((a, b) => a.peg - b.peg);
    const { pegsMax } = policy.execution;
    if (steps.length > pegsMax || steps.some(({ peg }) => peg >= pegsMax))
      broken.push(`${symbol}: ${steps.length} price steps of ${pegsMax}`);
    for (const [place, { limitPrice, clientOrderId }] of steps.entries()) {
      const before = steps[place - 1]?.limitPrice;
      const isFurther = before === undefined || (side === 'buy' ? limitPrice > before : limitPrice < before);
      if (!isFurther) broken.push(`${clientOrderId} stands at ${limitPrice}, the step before at ${before}`);
    }
  }
  return broken;
}

function sliceOf({ clientOrderId }: Pick<OrderIntent, 'clientOrderId'>): number {
  return Number(clientOrderId.split('_').at(-2));
}

/** Slices add up to the trade; up to each of them no more is filled than was due by then, and none begins before its time. */
function brokenSlices(legs: readonly Leg[], { broker }: SimulatedDay): string[] {
  return legs.flatMap(({ symbol, quantity, slicing }) => {
    const slices = slicing?.slices;
    const orders = broker.orders.filter((order) => order.symbol === symbol);
    if (slices === undefined)
      return orders.filter((order) => sliceOf(order) > 0).map(({ clientOrderId }) => `${clientOrderId} is a slice of nothing`);
    const broken: string[] = [];
    let due = 0n;
    let filled = 0n;
    for (const [slice, { quantity: part, from }] of slices.entries()) {
      due += part;
      const own = orders.filter((order) => sliceOf(order) === slice);
      filled += own.reduce((sum, order) => sum + order.filledQuantity, 0n);
      if (filled > due) broken.push(`${symbol}: ${filled} filled by slice ${slice}, due were ${due}`);
      if (part <= 0n) broken.push(`${symbol}: slice ${slice} is of ${part}`);
      for (const { clientOrderId, quantity: ordered } of own) {
        if (ordered > due) broken.push(`${clientOrderId} is of ${ordered}, due were ${due}`);
        if ((broker.acceptedAt(clientOrderId) ?? from) < from) broken.push(`${clientOrderId} was there before its slice began`);
      }
    }
    if (due !== quantity) broken.push(`${symbol}: the slices are ${due} of ${quantity}`);
    return broken;
  });
}

function brokenInLeg(leg: Leg, atBroker: bigint, live: number): string[] {
  const { symbol, stage } = leg;
  if (stage.kind !== 'done') return [`${symbol}: the run has ended, but the leg is ${stage.kind}`];
  const broken: string[] = [];
  const left = leg.quantity - filledQuantity(leg);
  if (left !== (stage.residual?.quantity ?? 0n))
    broken.push(`${symbol}: ${left} was not done, the residual says ${stage.residual?.quantity}`);
  for (const { clientOrderId, status } of leg.closedOrders)
    if (!isTerminal(status)) broken.push(`${clientOrderId} was closed as ${status}`);
  if (stage.residual?.code === 'unresolved') return broken;
  if (filledQuantity(leg) !== atBroker)
    broken.push(`${symbol}: the record says ${filledQuantity(leg)} filled, the broker ${atBroker}, residual ${stage.residual?.code}`);
  if (live > 0) broken.push(`${symbol}: the leg is over, but an order of it is live`);
  return broken;
}

/** Somebody moved money or shares, or the market leapt: drift that no order of ours left. */
function wasMoved({ struck }: SimulatedDay): boolean {
  return (['deposit', 'withdrawal', 'trade-by-hand', 'price-jump', 'trading-halt'] as const).some((kind) => struck.has(kind));
}

/** A sleeve is rebalanced when its rule says so: after a refused run it still is due, and only another branch, an exit or a tier forces a plan. */
function brokenRule({ turn, plan, isForced, yesterday, decided }: SimulatedDay): string[] {
  if (turn === undefined) return [];
  const expected = yesterday?.expected ?? 'every-run';
  const broken = turn === expected ? [] : [`the sleeve's turn is ${turn}, expected ${expected}`];
  if (plan === undefined) return broken;
  const isGuarding = Object.keys({ ...decided?.exits, ...decided?.adds }).length > 0;
  if (isForced !== (turn === 'branch' || isGuarding)) broken.push(`the turn is ${turn}, and the plan is ${isForced ? '' : 'not '}forced`);
  const isInside = plan.lines.every((line) => line.isInside);
  // A deposit is invested inside the band too, without a sale.
  const isDeposit = plan.deposit !== undefined && plan.trades.every(({ side }) => side === 'buy');
  if (!isForced && !isDeposit && isInside && plan.trades.length > 0) broken.push('traded inside the band, though nothing forced it');
  return broken;
}

/** An order's fate is in doubt only where an answer or a process was lost, or another account answered. */
function brokenDoubt({ record, faults }: SimulatedDay): string[] {
  const {
    lostBefore,
    lostAfter,
    late,
    crash,
    storeFailsBefore,
    storeFailsAfter,
    readFails,
    drivers,
    redeployAfterMs,
    clockJumpAfterMs,
    otherAccount,
  } = faults;
  const mayDoubt =
    lostBefore + lostAfter + late + crash + storeFailsBefore + storeFailsAfter + readFails > 0 ||
    drivers > 1 ||
    redeployAfterMs !== undefined ||
    clockJumpAfterMs !== undefined ||
    otherAccount !== undefined;
  const isUnresolved = record?.phase.kind === 'ended' && record.phase.ending.kind === 'unresolved';
  return isUnresolved && !mayDoubt ? ['unresolved, though no answer was ever lost'] : [];
}

/** What was stopped says so, and only what was stopped. */
function brokenStop({ record, faults, struck, focus }: SimulatedDay): string[] {
  const legs = record?.phase.kind === 'ended' ? (record.phase.execution?.legs ?? []) : [];
  const isStopped = legs.some(({ stage }) => stage.kind === 'done' && stage.residual?.code === 'kill-switch');
  // A breaker takes money that comes in while it looks for a gain, and stops when it is gone again.
  const mayBreak = struck.has('deposit') || struck.has('withdrawal') || codesOf(focus).includes('kill-switch');
  return isStopped && faults.switchTurns.length === 0 && faults.worstMoment === undefined && !mayBreak
    ? ['stopped by a kill switch that nobody turned on']
    : [];
}

/** With nothing going wrong, only a price that the market never came to leaves anything undone. */
function brokenWithoutFaults(day: SimulatedDay): string[] {
  const { record, policy, broker, plan } = day;
  if (record?.phase.kind !== 'ended') return policy.schedules[0]?.approve === true ? [] : ['the run did not end'];
  const { ending, execution } = record.phase;
  const legs = execution?.legs ?? [];
  const codes = new Set(legs.map(({ stage }) => (stage.kind === 'done' ? stage.residual?.code : undefined)));
  const isReductionLeft = legs.some((leg) => reduces(leg) && leg.stage.kind === 'done' && leg.stage.residual !== undefined);
  for (const expected of [undefined, 'unfilled-at-limit', 'unfilled-in-auction', 'outside-collar'] as const) codes.delete(expected);
  const ofFocus = codesOf(day.focus);
  // An owner's yes may come with the last minute.
  if (policy.schedules[0]?.approve === true) codes.delete('deadline');
  // A sell that did not fill brings no money to buy with.
  // Nor does one where what is short is worth more by the time that the rest is sent.
  if (isReductionLeft || isLongShort(policy)) codes.delete('insufficient-proceeds');
  if (isShortOfOrders(day.seed)) codes.delete('session-orders');
  const broken = [...codes].flatMap((code) => (code === undefined || ofFocus.includes(code) ? [] : [`${code} without a fault`]));
  const isOutOfOrders = ending.code === 'session-orders' && isShortOfOrders(day.seed);
  const isExpected =
    isOutOfOrders ||
    (ending.code === 'live-without-verdict' && isUncleared(day.seed)) ||
    ofFocus.includes(ending.code ?? '') ||
    (ending.code === 'short-not-allowed' && wantsShort(policy) && !mayShort(day));
  if (ending.kind === 'refused' && !isExpected) broken.push(`refused without a fault: ${ending.detail}`);
  if (broker.cash < 0n) broken.push('cash was overdrawn');
  const isWhole = ending.kind === 'completed' && plan?.skipped.every(({ code }) => code !== 'insufficient-cash' && code !== 'turnover-cap');
  if (isWhole && weightsOf(policy).every((weight) => weight === 0n) && broker.positions().length > 0)
    broken.push('not flat, though nothing is to be held');
  const left = broker.positions().find(({ symbol }) => !portfolioSymbols(policy).includes(symbol));
  const isLocked = plan?.skipped.some(({ symbol, code }) => symbol === left?.symbol && code === 'unsettled-purchase') === true;
  if (isWhole && policy.unowned === 'sell' && left !== undefined && !isLocked)
    broken.push(`${left.symbol} is held, though no sleeve names it`);
  return broken;
}

/** By the file and by the account. */
function mayShort({ policy, broker }: SimulatedDay): boolean {
  return policy.limits.shortMax > 0n && broker.canShort === true;
}

function isLongShort({ sleeves }: SimulatedDay['policy']): boolean {
  return sleeves.some(({ name }) => name === 'pairs');
}

function wantsShort(policy: SimulatedDay['policy']): boolean {
  return weightsOf(policy).some((weight) => weight < 0n);
}

/** Of the symbols, as they are specified. */
function weightsOf({ sleeves }: SimulatedDay['policy']): bigint[] {
  return sleeves.flatMap(({ strategy }) =>
    strategy.kind === 'specified' ? strategy.children.flatMap(({ weight, child }) => (child.kind === 'asset' ? [weight] : [])) : [],
  );
}
