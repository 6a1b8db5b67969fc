// A typo and a wrong type in every field: each problem names the path, the value and what was expected.
import { describe, expect, it } from 'vitest';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { portfolioJsonSchema } from '../../../shared/contracts/portfolio-json-schema.ts';
import { pathText } from '../../../shared/contracts/problem.ts';
import { problemsIn, spoiled } from './portfolio-text.ts';

type Row = readonly [path: string, bad: unknown, value: string, expected: RegExp];

const NAME = /^a name of up to 32 lower-case letters/;
const MONTHLY = 'schedules.monthly';
const percentage = /^a percentage from [\d.]+% to \d+%, such as/;
const amount = /^an amount from 1 USD to \d+ USD, such as 25 USD/;
const duration = /^a duration from \d+[sm] to \d+m, such as 30s or 5m$/;
const REASON = /^why, in 10 to 500 characters that can be read$/;
const ONE_LINE = /^one line, without characters that steer a terminal or hide what is written$/;
const whole = /^a whole number from \d+ to \d+$/;
const node = /^a symbol such as SPY, cash, or a mapping with/;

const rows: readonly Row[] = [
  ['portfolio', 'Golden Butterfly', '"Golden Butterfly"', NAME],
  ['portfolio', 7, '7', NAME],
  ['portfolio', undefined, 'missing', NAME],
  ['portfolio', 'a'.repeat(33), `"${'a'.repeat(33)}"`, NAME],
  ['description', ['a'], 'a list', /^a line of text$/],
  ['description', 'x'.repeat(501), `"${'x'.repeat(57)}..."`, /^at most 500 characters$/],
  ['account', 'PA123', '"PA123"', /^a mapping with the keys name, mode, number, capital, auctions, live-override$/],
  ['account.capital', '20%', '"20%"', /^1%, 10%, 50% or 100%$/],
  ['account', null, 'nothing', /^a mapping with the keys/],
  ['account.name', 'My Account', '"My Account"', NAME],
  ['account.name', true, 'true', NAME],
  ['account.mode', 'papre', '"papre"', /^paper or live$/],
  ['account.mode', 1, '1', /^paper or live$/],
  ['account.number', 'pa-123', '"pa-123"', /account number/],
  ['account.number', [1], 'a list', /account number/],
  ['account.auctions', 'close', '"close"', /^a list of auctions: \[close\], or none: \[\]$/],
  ['account.auctions.0', 'open', '"open"', /^a list of auctions/],
  ['account.live-override', true, 'true', /^a mapping with the keys by, reason$/],
  ['account.live-override.by', ' ', '" "', /^the name of a person$/],
  ['account.live-override.reason', 'because', '"because"', REASON],
  ['account.live-override.by', 'anna\u001b[2J', JSON.stringify('anna\u001b[2J'), ONE_LINE],
  ['account.live-override.reason', 'it is watched\n\nNext: nothing', JSON.stringify('it is watched\n\nNext: nothing'), ONE_LINE],
  ['account.live-override.reason', 'it is watched\u202Eyllaer', JSON.stringify('it is watched\u202Eyllaer'), ONE_LINE],
  // Letters that are drawn as nothing, a pattern of braille without dots, and signs that say nothing.
  ['account.live-override.by', '\u3164', '"\u3164"', ONE_LINE],
  ['account.live-override.by', '\u115F\u115F', '"\u115F\u115F"', ONE_LINE],
  ['account.live-override.by', '\u2800', '"\u2800"', /^the name of a person$/],
  ['account.live-override.reason', '\u3164'.repeat(12), `"${'\u3164'.repeat(12)}"`, ONE_LINE],
  ['account.live-override.reason', '\u2800'.repeat(12), `"${'\u2800'.repeat(12)}"`, REASON],
  ['account.live-override.reason', '. . . . . . .', '". . . . . . ."', REASON],
  ['account.numbr', 'PA123', 'unknown key', /^number, the nearest known key$/],
  ['schedules', ['monthly'], 'a list', /^a mapping of schedule names/],
  ['schedules', {}, 'an empty mapping', /^at least one schedule$/],
  ['schedules', undefined, 'missing', /^a mapping of schedule names/],
  ['schedules.Monthly', {}, '"Monthly"', NAME],
  [MONTHLY, 'close-25m', '"close-25m"', /^a mapping with the keys at, every/],
  [`${MONTHLY}.at`, 'clos-25m', '"clos-25m"', /^close-<n>m or open\+<n>m, such as close-25m$/],
  [`${MONTHLY}.at`, '15:35', '"15:35"', /^close-<n>m/],
  [`${MONTHLY}.at`, 25, '25', /^close-<n>m/],
  [`${MONTHLY}.at`, undefined, 'missing', /^close-<n>m/],
  [`${MONTHLY}.at`, 'close-0m', '"close-0m"', /with n from 1 to 209/],
  [`${MONTHLY}.at`, 'close-210m', '"close-210m"', /with n from 1 to 209: an early close leaves 210 minutes/],
  [`${MONTHLY}.at`, 'open+211m', '"open+211m"', /with n from 1 to 209: an early close leaves 210 minutes/],
  [`${MONTHLY}.at`, 'open-5m', '"open-5m"', /^close-<n>m/],
  [`${MONTHLY}.every`, 'monthly', '"monthly"', /^day, week, month, quarter or year$/],
  [`${MONTHLY}.every`, undefined, 'missing', /^day, week, month, quarter or year$/],
  [`${MONTHLY}.on`, 'lst', '"lst"', /^first or last$/],
  [`${MONTHLY}.on`, false, 'false', /^first or last$/],
  [`${MONTHLY}.band`, '5%', '"5%"', /^a mapping with the keys absolute, relative$/],
  [`${MONTHLY}.band`, {}, 'an empty mapping', /^absolute, relative or both/],
  [`${MONTHLY}.band.absolute`, 0.05, '"0.05"', percentage],
  [`${MONTHLY}.band.absolute`, '-5%', '"-5%"', percentage],
  [`${MONTHLY}.band.relative`, '125%', '"125%"', percentage],
  [`${MONTHLY}.band.relative`, '25', '"25"', percentage],
  [`${MONTHLY}.approve`, 'yes', '"yes"', /^true or false$/],
  [`${MONTHLY}.approve`, 1, '1', /^true or false$/],
  [`${MONTHLY}.evry`, 'month', 'unknown key', /^every, the nearest known key$/],
  ['sleeves', 'core', '"core"', /^a mapping of sleeve names/],
  ['sleeves', {}, 'an empty mapping', /^at least one sleeve$/],
  ['sleeves.Core', {}, '"Core"', NAME],
  ['sleeves.core', 'SPY', '"SPY"', /^a mapping with the keys capital, strategy, parts, rebalance, decide-on, options, exits, tiers$/],
  ['sleeves.core.capital', '0%', '"0%"', percentage],
  ['sleeves.core.capital', 1, '1', percentage],
  ['sleeves.core.capital', '33.33333%', '"33.33333%"', percentage],
  ['sleeves.core.capital', undefined, 'missing', percentage],
  ['sleeves.core.parts', ['SPY'], 'a list', /^a mapping of names to strategies$/],
  ['sleeves.core.rebalance', 'weekly', '"weekly"', /^none, \{ every: day \} or \{ corridor: 5% \}$/],
  ['sleeves.core.rebalance.every', 'daily', '"daily"', /^day, week, month, quarter or year$/],
  ['sleeves.calm.rebalance.corridor', 5, '5', percentage],
  ['sleeves.calm.rebalance.corridor', '0%', '"0%"', percentage],
  ['sleeves.core.decide-on', 'close', '"close"', /^last-close or live-quote$/],
  ['sleeves.core.exits', '8%', '"8%"', /^none, or a mapping with at least one of stop-loss, trailing/],
  ['sleeves.core.exits', {}, 'an empty mapping', /^none, or a mapping with at least one of/],
  ['sleeves.core.exits.stop-loss', '0%', '"0%"', percentage],
  ['sleeves.core.exits.stop-loss', 8, '8', percentage],
  ['sleeves.core.exits.trailing', '100%', '"100%"', percentage],
  ['sleeves.core.exits.take-profit', '901%', '"901%"', percentage],
  ['sleeves.core.exits.sessions', 0, '0', whole],
  ['sleeves.core.exits.re-enter', 'later', '"later"', /^when-target-returns or next-period$/],
  ['sleeves.core.tiers', '5%', '"5%"', /^a list of 1 to 4 mappings with gain and add$/],
  ['sleeves.core.tiers', [], 'an empty list', /^a list of 1 to 4 mappings with gain and add$/],
  ['sleeves.core.tiers.0.gain', '0%', '"0%"', percentage],
  ['sleeves.core.tiers.1.add', '100%', '"100%"', percentage],
  ['sleeves.core.exits.stop-los', '8%', 'unknown key', /^stop-loss, the nearest known key$/],
  ['sleeves.core.strategy', 'spy', '"spy"', node],
  ['sleeves.core.strategy', 'chosen.yaml', '"chosen.yaml"', /; a sleeve names a file as \{ file: chosen\.yaml \}$/],
  ['sleeves.core.strategy', true, 'true', node],
  ['sleeves.core.strategy', undefined, 'missing', node],
  ['sleeves.core.strategy', {}, 'an empty mapping', node],
  ['sleeves.core.strategy', { specifed: { SPY: '100%' } }, 'unknown key', /^specified, the nearest known key$/],
  [
    'sleeves.core.strategy',
    { specified: { SPY: '100%' }, equal: ['SPY'] },
    'a mapping',
    /exactly one of equal, specified, inverse-volatility, volatility-target, if, filter, group, stand-in, part, momentum-rotation/,
  ],
  ['sleeves.core.strategy.specified', '100%', '"100%"', /^a mapping of symbols to percentages, or a list/],
  ['sleeves.core.strategy.specified', {}, 'weights that sum to 0%', /^weights that sum to exactly 100%/],
  ['sleeves.core.strategy.specified', { SPY: '21%', cash: '80%' }, 'weights that sum to 101%', /^weights that sum to exactly 100%/],
  ['sleeves.core.strategy.specified.SPY', 20, '20', percentage],
  ['sleeves.core.strategy.specified.csh', '0%', '"csh"', /^a symbol such as SPY, or cash$/],
  ['sleeves.nested.strategy.specified.0.weight', '40', '"40"', percentage],
  ['sleeves.nested.strategy.specified.0.of', 'efa', '"efa"', node],
  ['sleeves.nested.strategy.specified.0.wieght', '40%', 'unknown key', /^weight, the nearest known key$/],
  ['sleeves.nested.strategy.specified.1.of.equal', 'EEM', '"EEM"', /^a list of at least one symbol or strategy/],
  ['sleeves.nested.strategy.specified.1.of.equal', [], 'an empty list', /^a list of at least one symbol or strategy/],
  ['sleeves.nested.strategy.specified.1.of.equal.0', 'eem', '"eem"', node],
  ['sleeves.calm.strategy.inverse-volatility', ['VTI'], 'a list', /^a mapping with the keys window, of$/],
  ['sleeves.calm.strategy.inverse-volatility.window', 0, '0', whole],
  ['sleeves.calm.strategy.inverse-volatility.window', '60d', '"60d"', whole],
  ['sleeves.calm.strategy.inverse-volatility.of', 'VTI', '"VTI"', /^a list of at least one symbol or strategy/],
  ['sleeves.calm.strategy.inverse-volatility.widow', 60, 'unknown key', /^window, the nearest known key$/],
  ['sleeves.calm.options', 'spliced', '"spliced"', /^a mapping with the keys deviation, stdev-return, max-drawdown, filter/],
  ['sleeves.calm.options.deviation', 'popultion', '"popultion"', /^sample or population$/],
  ['sleeves.calm.options.stdev-return', 'yearly', '"yearly"', /^daily or annualised$/],
  ['sleeves.calm.options.max-drawdown', -1, '-1', /^positive or negative$/],
  ['sleeves.calm.options.filter', true, 'true', /^one-child or spliced$/],
  ['sleeves.calm.options.branch', 'split', '"split"', /^one-child or spliced$/],
  ['sleeves.calm.options.duplicates', 'twice', '"twice"', /^kept or merged$/],
  ['sleeves.calm.options.ema-seed', 'recursive', '"recursive"', /^first or mean$/],
  ['sleeves.calm.options.rsi-seed', 'first', '"first"', /^mean or recursive$/],
  ['sleeves.calm.options.rank-digits', 11, '11', /^10 or all$/],
  ['sleeves.calm.options.prices', 'raw', '"raw"', /^adjusted or split-adjusted$/],
  ['sleeves.calm.options.prices', 'split-adjusted', 'split-adjusted prices, yet core decides on adjusted ones', /^the same prices in all/],
  ['sleeves.calm.options.filtre', 'spliced', 'unknown key', /^filter, the nearest known key$/],
  ['cash-reserve', '91%', '"91%"', percentage],
  ['cash-reserve', 0, '0', percentage],
  ['minimum-trade', '25', '"25"', amount],
  ['minimum-trade', 25, '25', amount],
  ['minimum-trade', '25.001 USD', '"25.001 USD"', amount],
  ['minimum-trade', '25 EUR', '"25 EUR"', amount],
  ['shares', 'hole', '"hole"', /^whole or fractional$/],
  ['shares', 1, '1', /^whole or fractional$/],
  ['unowned', 'dump', '"dump"', /^leave, adopt or sell$/],
  ['unowned', true, 'true', /^leave, adopt or sell$/],
  ['settlement', 'cash', '"cash"', /^settled-only, allow-unsettled or broker$/],
  ['settlement', 1, '1', /^settled-only, allow-unsettled or broker$/],
  ['invest-deposits', true, 'true', /^under-weights or on-rebalance$/],
  ['invest-deposits', 'never', '"never"', /^under-weights or on-rebalance$/],
  ['limits', [], 'an empty list', /^a mapping with the keys order-notional, order-shares, orders, session-orders, position, groups, /],
  ['limits.order-notional', '0 USD', '"0 USD"', amount],
  ['limits.order-notional', '1e5 USD', '"1e5 USD"', amount],
  ['limits.orders', 0, '0', whole],
  ['limits.orders', '50 orders', '"50 orders"', whole],
  ['limits.position', '0.5%', '"0.5%"', percentage],
  ['limits.position', 30, '30', percentage],
  ['limits.short', '-5%', '"-5%"', percentage],
  ['limits.short', 0, '0', percentage],
  ['limits.turnover', '101%', '"101%"', percentage],
  ['limits.turnover', null, 'nothing', percentage],
  ['limits.order-shares', '100', '"100"', whole],
  ['limits.session-orders', 0, '0', whole],
  ['limits.net', '101%', '"101%"', percentage],
  ['limits.day-turnover', 1, '1', percentage],
  ['limits.margin-buffer', '91%', '"91%"', percentage],
  ['limits.volume', '0.001%', '"0.001%"', /^off, or a percentage from 0\.01% to 100%$/],
  ['limits.volume', false, 'false', /^off, or a percentage/],
  ['limits.price-move', 'on', '"on"', /^off, or a percentage from 1% to 100%$/],
  ['limits.day-trades', 'never', '"never"', /^by-date, refuse or allow$/],
  ['limits.groups', ['EFA'], 'a list', /^a mapping of names to groups$/],
  ['limits.groups.Abroad', { of: ['EFA'], most: '50%' }, '"Abroad"', NAME],
  ['limits.groups.abroad.of', 'EFA', '"EFA"', /^a list of symbols$/],
  ['limits.groups.abroad.of', [], 'an empty list', /^at least one symbol$/],
  ['limits.groups.abroad.most', undefined, 'missing', percentage],
  ['limits.cluster', '60%', '"60%"', /^a mapping with the keys correlation, window, most$/],
  ['limits.cluster.correlation', 0.8, '"0.8"', percentage],
  ['limits.cluster.window', 19, '19', whole],
  ['limits.cluster.most', undefined, 'missing', percentage],
  ['limits.breaker', 'off', '"off"', /^a mapping with the keys day-loss, drawdown$/],
  ['limits.breaker.day-loss', 'of', '"of"', /^off, or caution, restricted and stopped as percentages$/],
  ['limits.breaker.day-loss.caution', '0%', '"0%"', percentage],
  ['limits.breaker.day-loss.restricted', 3, '3', percentage],
  ['limits.breaker.day-loss.stopped', null, 'nothing', percentage],
  ['limits.breaker.drawdown', [], 'an empty list', /^off, or caution/],
  ['limits.stress', '10%', '"10%"', /^a mapping with the keys day, week, shock, correlated$/],
  ['limits.stress.day', '0%', '"0%"', percentage],
  ['limits.stress.week', 5, '5', percentage],
  ['limits.stress.shock', 'off', '"off"', percentage],
  ['limits.stress.correlated', '101%', '"101%"', percentage],
  ['limits.order-notionl', '1 USD', 'unknown key', /^order-notional, the nearest known key$/],
  ['execution', true, 'true', /^a mapping with the keys style, pegs/],
  ['execution.style', 'market', '"market"', /^marketable or patient$/],
  ['execution.style', {}, 'an empty mapping', /^marketable or patient$/],
  ['execution.pegs', 0, '0', whole],
  ['execution.pegs', 2.5, '"2.5"', whole],
  ['execution.peg-wait', '30', '"30"', duration],
  ['execution.peg-wait', '11m', '"11m"', duration],
  ['execution.collar-bps', '20bps', '"20bps"', whole],
  ['execution.collar-bps', -1, '-1', whole],
  ['execution.approval-bps', 0, '0', whole],
  ['execution.deadline', '5 minutes', '"5 minutes"', duration],
  ['execution.deadline', 5, '5', duration],
  ['execution.quote-age', '0s', '"0s"', duration],
  ['execution.quote-age', false, 'false', duration],
  ['execution.spread-bps', 1_001, '1001', whole],
  ['execution.spread-bps', '0x10', '"0x10"', whole],
  ['execution.slices', 0, '0', whole],
  ['execution.slices', 21, '21', whole],
  ['execution.slice-volume', '0%', '"0%"', percentage],
  ['execution.slice-volume', 0.01, '"0.01"', percentage],
  ['execution.participation', '101%', '"101%"', percentage],
  ['execution.participation', 10, '10', percentage],
  ['execution.auction', 'open', '"open"', /^none or close; no schedule runs early enough for the opening auction$/],
  ['execution.auction', true, 'true', /^none or close/],
  ['execution.pges', 3, 'unknown key', /^pegs, the nearest known key$/],
  ['notify', 'me@example.com', '"me@example.com"', /^a mapping with the keys email, digest$/],
  ['notify.email', 'me@example.com', '"me@example.com"', /^a list of addresses$/],
  ['notify.email.0', 'me at example', '"me at example"', /^an address such as me@example\.com$/],
  ['notify.digest', 'weekly', '"weekly"', /^daily or none$/],
  ['notify.digest', false, 'false', /^daily or none$/],
  ['sleves', {}, 'unknown key', /^sleeves, the nearest known key$/],
  ['colour', 'blue', 'unknown key', /^one of portfolio, description, account/],
];

describe('a spoiled field', () => {
  it.each(rows.map(([path, bad, value, expected]) => ({ path, bad, value, expected })))(
    'is named with its value and what was expected: $path = $value',
    ({ path, bad, value, expected }) => {
      const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      const file = parsePortfolioFile(spoiled(steps, bad), 'a.yaml');
      if (file.kind === 'portfolio') expect.fail('was accepted');
      const isKindTypo = typeof bad === 'object' && bad !== null && Object.hasOwn(bad, 'specifed');
      const problem = file.problems.find((each) => each.path === pathText(isKindTypo ? [...steps, 'specifed'] : steps));
      expect(problem, problemsIn(spoiled(steps, bad)).join('\n')).toMatchObject({
        file: 'a.yaml',
        value,
        expected: expect.stringMatching(expected),
      });
      expect(problem?.line).toBeGreaterThan(0);
      expect(problem?.column).toBeGreaterThan(0);
    },
  );

  // The words of the strategy language, which stand in $defs, are held to their grammar by the strategy file's own tests.
  it('covers every key that the schema knows', () => {
    const tried = new Set(rows.flatMap(([path]) => path.split('.')));
    const { $defs: _language, ...own } = portfolioJsonSchema();
    // What becomes of a file that a sleeve names is in inline-strategies.test.ts.
    tried.add('file');
    expect([...keysOf(own)].filter((key) => !tried.has(key))).toEqual([]);
  });
});

/** All property names of a JSON Schema, at any depth. */
function keysOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  const properties: unknown = Reflect.get(schema, 'properties');
  if (typeof properties === 'object' && properties !== null) for (const key of Object.keys(properties)) found.add(key);
  for (const child of Object.values(schema)) keysOf(child, found);
  return found;
}
