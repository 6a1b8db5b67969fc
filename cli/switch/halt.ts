// Turns the kill switch on, then waits until the records show what was asked for: no order that works any more.
import type { SwitchedOn } from '../../shared/contracts/switch-turn.ts';
import type { OpenOrders } from '../../shared/core/execution/open-orders.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import type { TurnedOn } from '../../shared/ports/kill-switch.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import { CommandFailure } from '../failure.ts';
import { reasonOption, secondsOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { type Desk, type DeskOptions, openDesk, whoTurns } from './desk.ts';
import { latestRuns } from './latest-runs.ts';
import { namesOf, requireKnown } from './scope.ts';
import { scopeText, switchDocument, switchedOnText } from './switch-text.ts';
import { type WorkingOrder, workingOrders, workingOrderText } from './working-orders.ts';

export interface HaltOptions extends DeskOptions {
  readonly reason: string;
  readonly keepOpen?: true;
  /** Seconds. */
  readonly wait: string;
}

const POLL_MS = 2 * SECOND_MS;

/**
 * @throws CommandFailure: exit 2 for bad usage, exit 1 when the switch could not be turned, or when it is on and an order
 * still works, or may.
 */
export async function halt(portfolio: string | undefined, options: HaltOptions, output: Output, open = openDesk): Promise<void> {
  const reason = reasonOption(options.reason);
  const waitMs = secondsOption('--wait', options.wait) * SECOND_MS;
  const openOrders: OpenOrders = options.keepOpen === true ? 'keep' : 'cancel';
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const turned = await turnOn(portfolio, { reason, openOrders }, desk);
    output.note(turnedText(portfolio, turned));
    const inForce = await openOrdersInForce(portfolio, turned.state, desk);
    if (inForce !== openOrders) output.note('Open orders are canceled all the same: an earlier halt says so.');
    const left = await whatIsLeft(portfolio, inForce, waitMs, desk, output);
    const isConfirmed = left.orders.length === 0 && left.problems.length === 0;
    output.result(
      {
        portfolio: portfolio ?? null,
        wasOn: turned.wasOn,
        killSwitch: switchDocument(turned.state),
        workingOrders: left.orders,
        problems: left.problems,
        isConfirmed,
      },
      leftText(inForce, left),
    );
    if (!isConfirmed && (inForce === 'cancel' || left.problems.length > 0)) throw unconfirmed(left, desk);
  } finally {
    await desk.close();
  }
}

async function turnOn(portfolio: string | undefined, note: { reason: string; openOrders: OpenOrders }, desk: Desk): Promise<TurnedOn> {
  try {
    return await desk.killSwitch.turnOn(portfolio, { ...note, by: whoTurns(), at: desk.clock.now() });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const message = error.effect === 'none' ? 'this halt had NO effect' : 'the switch may be on or not: say it again';
    throw new CommandFailure('not-turned', `${message} (${error.message})`, { exitCode: 1, cause: error });
  }
}

/** Of one portfolio, what its switch and the one of all say together. */
async function openOrdersInForce(portfolio: string | undefined, state: SwitchedOn, { killSwitch }: Desk): Promise<OpenOrders> {
  if (portfolio === undefined || state.openOrders === 'cancel') return state.openOrders;
  const both = await killSwitch.read(portfolio);
  return both.kind === 'on' ? both.openOrders : state.openOrders;
}

interface Left {
  readonly orders: readonly WorkingOrder[];
  /** What could not be looked at, so that an order may work there. */
  readonly problems: readonly string[];
}

/** Orders that are kept are looked at once; ones that are canceled until there are none. */
async function whatIsLeft(
  portfolio: string | undefined,
  openOrders: OpenOrders,
  waitMs: number,
  desk: Desk,
  output: Output,
): Promise<Left> {
  const known = portfolio === undefined ? await namesOf(desk) : { kind: 'names' as const, names: [portfolio] };
  const { names, problems } = known.kind === 'names' ? { names: known.names, problems: [] } : { names: [], problems: [known.problem] };
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const found = await latestRuns(names, desk.runStore);
    const orders = found.flatMap(({ runs }) => runs.flatMap(workingOrders));
    const unread = found.flatMap(({ problem }) => problem ?? []);
    const isWorthWaiting = desk.isLive && openOrders === 'cancel' && orders.length + unread.length > 0;
    if (!isWorthWaiting || waitedMs >= waitMs) {
      output.progress('');
      return { orders, problems: [...problems, ...unread] };
    }
    output.progress(`${orders.length} open; waited ${waitedMs / SECOND_MS} of ${waitMs / SECOND_MS} s`);
    await desk.pass(POLL_MS);
  }
}

function turnedText(portfolio: string | undefined, { state, wasOn }: TurnedOn): string {
  const what = `The kill switch of ${scopeText(portfolio)}`;
  return wasOn ? `${what} was on already, ${switchedOnText(state)}. Your reason is on record.` : `${what} is on. Nothing more is sent.`;
}

function leftText(openOrders: OpenOrders, { orders, problems }: Left): string {
  const lines = orders.map((order) => `  ${order.runId}  ${workingOrderText(order)}`);
  if (orders.length === 0) return problems.length === 0 ? 'No order is open.' : 'No order is open in the records that could be read.';
  if (openOrders === 'cancel') return ['Still open:', ...lines].join('\n');
  return ['Kept, and followed until they fill or the deadline of their session:', ...lines].join('\n');
}

function unconfirmed({ orders, problems }: Left, desk: Desk): CommandFailure {
  const message =
    orders.length === 0
      ? problems.join('\n')
      : [
          desk.isLive
            ? `the switch is on, and ${count(orders.length)} open: look at the run (a turn that fails cancels nothing), or cancel at the broker's own page`
            : `the switch is on, and ${count(orders.length)} open: time stands still here, and the demo cancels them when it goes on`,
          ...problems,
        ].join('\n');
  return new CommandFailure('unconfirmed', message, { exitCode: 1 });
}

function count(orders: number): string {
  return orders === 1 ? '1 order is still' : `${orders} orders are still`;
}
