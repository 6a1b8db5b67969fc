// One turn of a kill switch, as it is stored and shown: who turned it, when and why, and how it stands since.
import * as z from 'zod';
import { OPEN_ORDERS } from '../core/execution/open-orders.ts';
import { canonicalJson } from './canonical-json.ts';
import { instantText } from './codecs.ts';
import { jsonOf } from './json-of.ts';

const on = z.strictObject({
  kind: z.literal('on'),
  /** Of the turn that turned it on; later ones are in the turns. So are `since` and `by`. */
  reason: z.string(),
  since: instantText,
  by: z.string(),
  openOrders: z.enum(OPEN_ORDERS),
});
const state = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('off') }), on]);

/** How a switch stands. */
export type KillSwitchState = z.output<typeof state>;
export type SwitchedOn = z.output<typeof on>;

const switchTurn = z.strictObject({
  /** Names this turn alone. */
  id: z.string(),
  at: instantText,
  by: z.string(),
  reason: z.string(),
  after: state,
});
export type SwitchTurn = z.output<typeof switchTurn>;

export function encodeSwitchTurn(turn: SwitchTurn): string {
  return canonicalJson(z.encode(switchTurn, turn));
}

/** undefined when the text is not a whole turn: then nobody may take the switch for off. */
export function decodeSwitchTurn(text: string): SwitchTurn | undefined {
  const json = jsonOf(text) as z.input<typeof switchTurn>;
  return z.safeDecode(switchTurn, json).data;
}
