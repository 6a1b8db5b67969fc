// Orders at the broker that are none of ours: somebody's own, and at worst one under the id that we are about to use. They
// never fill here, and end with the session; what matters is that we leave them alone.
import { isTerminal, type Order, type OrderStatus } from '../../shared/core/execution/order.ts';
import type { ClientOrderId, Side } from '../../shared/core/values/identity.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';

interface Stray {
  readonly placedAt: EpochMs;
  readonly order: Order;
}

export class Strays {
  readonly #strays: Stray[] = [];

  place(clientOrderId: ClientOrderId, symbol: string, side: Side, quantity: NanoShares, placedAt: EpochMs): void {
    const orderId = `stray-${this.#strays.length}`;
    const order: Order = { orderId, clientOrderId, symbol, side, quantity, filledQuantity: 0n, status: 'working' };
    this.#strays.push({ placedAt, order });
  }

  /** As it was told of at that time. */
  find(clientOrderId: ClientOrderId, at: EpochMs): Order | undefined {
    return this.#strays.find(({ placedAt, order }) => order.clientOrderId === clientOrderId && placedAt <= at)?.order;
  }

  open(at: EpochMs): Order[] {
    return this.#strays.flatMap(({ placedAt, order }) => (placedAt <= at && !isTerminal(order.status) ? [order] : []));
  }

  has(orderId: string): boolean {
    return this.#strays.some(({ order }) => order.orderId === orderId);
  }

  /** False where there is none that could end. */
  end(orderId: string, status: OrderStatus): boolean {
    const place = this.#strays.findIndex(({ order }) => order.orderId === orderId && !isTerminal(order.status));
    const stray = this.#strays[place];
    if (stray === undefined) return false;
    this.#strays[place] = { ...stray, order: { ...stray.order, status } };
    return true;
  }

  endAll(): void {
    for (const { order } of [...this.#strays]) this.end(order.orderId, 'expired');
  }
}
