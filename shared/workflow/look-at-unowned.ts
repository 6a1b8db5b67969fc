// What the account holds beside the portfolio, where the file says that it is to be sold.
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Order } from '../core/execution/order.ts';
import type { UnownedPosition } from '../core/portfolio/portfolio.ts';
import { isShareLike, judgeUnowned, unownedAmong } from '../core/portfolio/unowned.ts';
import type { Broker } from '../ports/broker.ts';

/**
 * By symbol, ascending; nothing where the file leaves such positions alone.
 * @param named every symbol that any sleeve may hold.
 * @throws BrokerError
 */
export async function lookAtUnowned(
  { unowned }: Pick<PortfolioPolicy, 'unowned'>,
  named: readonly string[],
  openOrders: readonly Order[],
  broker: Broker,
): Promise<readonly UnownedPosition[]> {
  if (unowned !== 'sell') return [];
  const found = unownedAmong(await broker.positions(), named);
  const asked = found.filter(isShareLike).map(({ symbol }) => symbol);
  const assets = asked.length === 0 ? [] : await broker.assets(asked);
  return found.map((position) => {
    const asset = assets.find(({ symbol }) => symbol === position.symbol);
    return judgeUnowned(
      position,
      asset,
      openOrders.some(({ symbol }) => symbol === position.symbol),
    );
  });
}
