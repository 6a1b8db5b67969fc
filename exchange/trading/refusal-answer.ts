// Every refusal as an HTTP answer: its status, the broker's code and words, and the figures that the body adds.
import type { FastifyReply } from 'fastify';
import type { Refusal, RefusalCode } from '../matching/refusal.ts';
import { type RefusalWords, refusalWords } from '../matching/refusal-words.ts';

export interface RefusalAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & RefusalWords;
}

type Figures = Readonly<Record<string, unknown>>;

/** What a body says besides code and message. */
const FIGURES: Readonly<Partial<Record<RefusalCode, (refusal: Refusal) => Figures>>> = {
  'wash-trade': ({ relatedOrders }) => ({ existing_order_id: relatedOrders?.[0] }),
  'buying-power': ({ figures }) => ({ buying_power: figures['buyingPower'], cost_basis: figures['costBasis'] }),
  'quantity-unavailable': ({ figures, relatedOrders }) => ({
    available: figures['available'],
    existing_qty: figures['existing'],
    held_for_orders: figures['held'],
    related_orders: relatedOrders ?? [],
    symbol: figures['symbol'],
  }),
};

export function refusalAnswer(refusal: Refusal): RefusalAnswer {
  const words = refusalWords(refusal);
  // The one code that does not begin with its status.
  const status = refusal.code === 'client-order-id-taken' ? 422 : Math.floor(words.code / 100_000);
  return { status, body: { ...FIGURES[refusal.code]?.(refusal), ...words } };
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, body } = refusalAnswer(refusal);
  return reply.code(status).send(body);
}
