// Protective exits: alike in a strategy file and in a sleeve.
import * as z from 'zod';
import { type ExitRules, RE_ENTER } from '../../core/strategy/exits/exit-rules.ts';
import { formatPercent } from '../../core/values/weight.ts';
import { mapping } from '../mapping.ts';
import { percentText, wholeNumber } from '../quantity-text.ts';
import { map, scalar, type YamlValue } from './yaml-block.ts';

const ANY = 'a mapping with at least one of stop-loss, trailing, take-profit and sessions';

/** In a strategy file. */
export const exitRules = mapping({
  'stop-loss': percentText('0.1%', '99%').optional().describe('Loss since the entry.'),
  trailing: percentText('0.1%', '99%').optional().describe('Fall from the best close since the entry.'),
  'take-profit': percentText('0.1%', '900%').optional().describe('Gain since the entry.'),
  sessions: wholeNumber(1, 2_520).optional().describe('Closes of the symbol since the entry.'),
  're-enter': z
    .enum(RE_ENTER, { error: 'when-target-returns or next-period' })
    .prefault('when-target-returns')
    .describe('Once the strategy itself has let go of the symbol, or in the first run of a later period of its rebalance rule.'),
})
  .refine((each) => [each['stop-loss'], each.trailing, each['take-profit'], each.sessions].some((rule) => rule !== undefined), {
    error: ANY,
  })
  .transform(
    ({ 'stop-loss': stopLoss, trailing, 'take-profit': takeProfit, sessions, 're-enter': reEnter }): ExitRules => ({
      ...(stopLoss === undefined ? {} : { stopLoss }),
      ...(trailing === undefined ? {} : { trailing }),
      ...(takeProfit === undefined ? {} : { takeProfit }),
      ...(sessions === undefined ? {} : { sessions }),
      reEnter,
    }),
  );

/** In a sleeve, which may also say that it has none where its strategy file has some. */
export const sleeveExits = z.union([z.literal('none'), exitRules], { error: `none, or ${ANY}` });

export function exitsYaml({ stopLoss, trailing, takeProfit, sessions, reEnter }: ExitRules): YamlValue {
  return map([
    ...(stopLoss === undefined ? [] : ([['stop-loss', scalar(formatPercent(stopLoss))]] as const)),
    ...(trailing === undefined ? [] : ([['trailing', scalar(formatPercent(trailing))]] as const)),
    ...(takeProfit === undefined ? [] : ([['take-profit', scalar(formatPercent(takeProfit))]] as const)),
    ...(sessions === undefined ? [] : ([['sessions', scalar(String(sessions))]] as const)),
    ...(reEnter === 'when-target-returns' ? [] : ([['re-enter', scalar(reEnter)]] as const)),
  ]);
}
