// A listed asset as the broker writes it.
import type { ListedAsset } from '../market/market-view.ts';

/** Where everything is listed. */
export const EXCHANGE = 'ARCA';

export function assetJson({
  id,
  symbol,
  name,
  isTradable,
  isFractionable,
  isShortable = false,
  isEasyToBorrow = false,
}: ListedAsset): Record<string, unknown> {
  return {
    id,
    class: 'us_equity',
    exchange: EXCHANGE,
    symbol,
    name,
    status: isTradable ? 'active' : 'inactive',
    tradable: isTradable,
    marginable: true,
    maintenance_margin_requirement: 30,
    margin_requirement_long: '30',
    margin_requirement_short: '100',
    shortable: isShortable,
    easy_to_borrow: isEasyToBorrow,
    borrow_status: isEasyToBorrow ? 'easy_to_borrow' : isShortable ? 'hard_to_borrow' : 'not_available',
    fractionable: isFractionable,
    attributes: [],
  };
}
