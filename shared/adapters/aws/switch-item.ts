// The shape of a kill switch in the state table: one item a switch, which is its latest turn, and one item for each
// turn before that. The turn travels whole as one encoded string; the attributes beside it serve conditions and people.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { decodeSwitchTurn, encodeSwitchTurn, type SwitchTurn } from '../../contracts/switch-turn.ts';
import { StoreError } from '../../ports/outside-error.ts';

type Item = Record<string, AttributeValue>;

const PARTITION = 'kill-switch';
/** The id of a turn that nobody named: an item that was written by hand. */
export const BY_HAND = 'by-hand';

/** A portfolio's name has no slash, so no portfolio can be called `all`. */
export function switchKeyOf(portfolio: string | undefined) {
  return { pk: { S: PARTITION }, sk: { S: scopeOf(portfolio) } };
}

export function turnsPartitionOf(portfolio: string | undefined): string {
  return `${PARTITION}-turns/${scopeOf(portfolio)}`;
}

export function switchItemOf(portfolio: string | undefined, turn: SwitchTurn): Item {
  const { after } = turn;
  const shown: Item = after.kind === 'on' ? { reason: { S: after.reason }, since: { N: String(after.since) } } : {};
  return { ...switchKeyOf(portfolio), state: { S: after.kind }, ...shown, turnId: { S: turn.id }, turn: { S: encodeSwitchTurn(turn) } };
}

/** Sorted by when they were made. The same turn gives the same item, so keeping it twice is keeping it once. */
export function pastTurnItemOf(portfolio: string | undefined, turn: SwitchTurn): Item {
  const sk = `${new Date(turn.at).toISOString()}/${turn.id}`;
  return { pk: { S: turnsPartitionOf(portfolio) }, sk: { S: sk }, turn: { S: encodeSwitchTurn(turn) } };
}

/** A switch is there and cannot be read: it counts as on, and nobody knows what it wants of open orders. */
export class SwitchNotWhole extends StoreError {
  constructor(portfolio: string | undefined) {
    super(`${switchName(portfolio)} is not whole`, { effect: 'none', code: 'bad-answer' });
  }
}

/**
 * An item without a turn was put there by hand, with a reason and a time: it is on, and cancels. One that is there and
 * not whole is no licence to trade.
 * @throws SwitchNotWhole
 */
export function turnOf(item: Item, portfolio: string | undefined): SwitchTurn {
  const text = item.turn?.S;
  const turn = text === undefined ? turnByHand(item) : decodeSwitchTurn(text);
  if (turn === undefined) throw new SwitchNotWhole(portfolio);
  return turn;
}

function turnByHand({ reason, since }: Item): SwitchTurn | undefined {
  const at = Number(since?.N ?? Number.NaN);
  if (reason?.S === undefined || !Number.isSafeInteger(at)) return undefined;
  const note = { reason: reason.S, by: 'unknown' };
  return { id: BY_HAND, at, ...note, after: { kind: 'on', ...note, since: at, openOrders: 'cancel' } };
}

export function switchName(portfolio: string | undefined): string {
  return portfolio === undefined ? 'the kill switch of all portfolios' : `the kill switch of ${portfolio}`;
}

function scopeOf(portfolio: string | undefined): string {
  return portfolio === undefined ? 'all' : `portfolio/${portfolio}`;
}
