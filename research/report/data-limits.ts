// What the prices of a backtest cannot say, told by the prices themselves. Said in every report: nothing in a result shows it.
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { decidesOn } from '../backtest/run-days.ts';
import type { TearSheetExtras } from './report-inputs.ts';

export interface DataLimit {
  readonly code: 'survivorship' | 'look-ahead' | 'same-close';
  readonly detail: string;
}

/** Words for the few. */
const ALL: readonly (string | undefined)[] = [undefined, 'Its only symbol still has', 'Both symbols still have'];

export function dataLimits(
  { symbols }: Pick<BacktestResult, 'symbols'>,
  { prices, options, sleeves }: Pick<TearSheetExtras, 'prices' | 'options' | 'sleeves'>,
): readonly DataLimit[] {
  const held = prices.columns.filter(({ symbol }) => symbols.includes(symbol));
  const last = prices.dates.at(-1);
  const ended = held.filter(({ dates }) => (dates.at(-1) as string) < (last as string));
  const adjusted = held.filter(({ closes, adjusted: own }) => own.some((each, at) => each !== closes[at]));
  const limits: DataLimit[] = [
    {
      code: 'survivorship',
      detail:
        ended.length === 0
          ? `${ALL[held.length] ?? `All ${held.length} symbols still have`} prices on ${last}. What failed or was taken over on the way is not among them, so the choice of symbols already knows who survived.`
          : `${ended.length} of ${held.length} symbols end before ${last}. Whether the others were chosen with hindsight, prices cannot say.`,
    },
  ];
  if (adjusted.length > 0)
    limits.push({
      code: 'look-ahead',
      detail: `Closes of ${adjusted.length} of ${held.length} symbols are adjusted for dividends with what was known on ${last}. Returns are right; levels of earlier days are not those that anybody saw.`,
    });
  if (sleeves.some((sleeve) => decidesOn(sleeve, options.fill) === 'same-day'))
    limits.push({
      code: 'same-close',
      detail: 'Decisions are filled at the very close that they were made on. A run decides minutes before it, at other prices.',
    });
  return limits;
}
