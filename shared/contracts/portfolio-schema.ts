// The shape of a portfolio file: every key, its range and its default. What no key can know alone (sums, limits
// against weights) is in portfolio-rules.ts.
import * as z from 'zod';
import { SETTLEMENT_RULES } from '../core/portfolio/cash-settlement.ts';
import { CAPITAL_STEPS } from '../core/strategy/capital-step.ts';
import { limitsSchema } from './limits-schema.ts';
import { mapping } from './mapping.ts';
import { name } from './name.ts';
import { isOneLine, isReadable, ONE_LINE } from './person-text.ts';
import { DIGESTS, INVEST_DEPOSITS, UNOWNED } from './portfolio-policy.ts';
import { durationText, percentText, slotText, usdText, wholeNumber } from './quantity-text.ts';
import { sleeveTiers } from './sleeve-tiers.ts';
import { sleeveExits } from './strategy-file/exits-schema.ts';
import { strategyOptions } from './strategy-file/options-schema.ts';
import { decideOn, rebalanceRule } from './strategy-file/rebalance-schema.ts';
import { tree } from './strategy-file/tree-schema.ts';

const ACCOUNT_NUMBER = "the broker's account number: capital letters and digits, such as PA12345678";
const accountNumber = z.union([z.string().regex(/^[A-Z0-9]{1,20}$/, { error: ACCOUNT_NUMBER }), z.int().nonnegative().transform(String)], {
  error: ACCOUNT_NUMBER,
});

const BY = 'the name of a person';
const REASON = 'why, in 10 to 500 characters that can be read';
/** Of a person, for persons. */
const words = (minimum: number, maximum: number, error: string) =>
  z
    .string({ error })
    .trim()
    .min(minimum, { error })
    .max(maximum, { error })
    .refine(isOneLine, { error: ONE_LINE, abort: true })
    .refine(isReadable, { error });
const liveOverride = mapping({ by: words(1, 100, BY), reason: words(10, 500, REASON) });

const AUCTIONS = 'a list of auctions: [close], or none: []';
const account = mapping({
  name: name.prefault('main').describe('Names the secret that holds the keys.'),
  mode: z.enum(['paper', 'live'], { error: 'paper or live' }).prefault('paper'),
  number: accountNumber.optional().describe('Required for live: must equal what the broker answers.'),
  capital: z
    .enum(CAPITAL_STEPS, { error: '1%, 10%, 50% or 100%' })
    .optional()
    .describe('The part of the account that the portfolio uses; the rest stays in cash.'),
  auctions: z
    .array(z.enum(['close'], { error: AUCTIONS }), { error: AUCTIONS })
    .max(1, { error: AUCTIONS })
    .prefault([])
    .describe('The auctions in which the broker fills orders of this account: only its owner knows.'),
  'live-override': liveOverride.optional(),
});

const band = mapping({
  absolute: percentText('0%', '100%').optional().describe('Points of weight.'),
  relative: percentText('0%', '100%').optional().describe('Part of the target weight.'),
}).refine((each) => each.absolute !== undefined || each.relative !== undefined, {
  error: 'absolute, relative or both; absolute: 0% trades any drift',
});

const schedule = mapping({
  at: slotText().describe('A moment of the regular session: close-25m or open+30m.'),
  every: z.enum(['day', 'week', 'month', 'quarter', 'year'], { error: 'day, week, month, quarter or year' }),
  on: z
    .enum(['first', 'last'], { error: 'first or last' })
    .optional()
    .describe('Which session of the week, month, quarter or year; last by default.'),
  band: band
    .prefault({ absolute: '5%', relative: '25%' })
    .describe('How far any weight may drift before the whole portfolio is rebalanced; the narrower counts.'),
  approve: z.boolean({ error: 'true or false' }).prefault(false).describe('Hold each plan until its owner says yes.'),
}).refine((each) => each.every !== 'day' || each.on === undefined, {
  path: ['on'],
  error: 'no such key where every is day: each session is both the first and the last',
});

const sleeve = mapping({
  capital: percentText('0.0001%', '100%').describe("Share of the portfolio's capital; all sleeves sum to 100%."),
  strategy: tree,
  parts: z
    .record(name, tree, { error: 'a mapping of names to strategies' })
    .optional()
    .describe('Subtrees that the strategy uses by name.'),
  rebalance: rebalanceRule
    .optional()
    .describe('In which runs the sleeve takes its new weights: as its strategy file says, or { every: day }, which is in every run.'),
  'decide-on': decideOn.optional().describe('The prices that decide: as its strategy file says, or last-close.'),
  options: strategyOptions,
  exits: sleeveExits
    .optional()
    .describe('When a position is ended whatever the strategy says: as its strategy file says, or never. Looked at in the scheduled run.'),
  tiers: sleeveTiers.optional(),
});

const execution = mapping({
  style: z
    .enum(['marketable', 'patient'], { error: 'marketable or patient' })
    .prefault('marketable')
    .describe('Cross the spread at once, or start at the mid.'),
  pegs: wholeNumber(1, 20).prefault(3).describe('Price steps an order.'),
  'peg-wait': durationText('1s', '10m')
    .prefault('30s')
    .describe('How long each price step is given; spread and volatility make it up to twice or half as long.'),
  'collar-bps': wholeNumber(1, 500).prefault(20).describe('A limit is never further than this from the mid at arrival.'),
  'approval-bps': wholeNumber(1, 1_000).prefault(100).describe('A held plan whose prices have moved further than this is not approved.'),
  deadline: durationText('1m', '60m').prefault('5m').describe('Nothing is sent later than this before the close.'),
  'quote-age': durationText('1s', '15m').prefault('30s').describe('An older quote is not traded on.'),
  'spread-bps': wholeNumber(1, 1_000).prefault(50).describe('A wider quote is not traded on.'),
  slices: wholeNumber(1, 20).prefault(6),
  'slice-volume': percentText('0.01%', '100%').prefault('1%'),
  participation: percentText('0.1%', '100%').prefault('10%'),
  auction: z.enum(['none', 'close'], { error: 'none or close; no schedule runs early enough for the opening auction' }).prefault('none'),
});

const EMAIL = 'an address such as me@example.com';
const notify = mapping({
  email: z
    .array(z.email({ error: EMAIL }), { error: 'a list of addresses' })
    .max(10, { error: 'at most 10 addresses' })
    .prefault([])
    .describe('Who is written to; each address has to confirm once.'),
  digest: z.enum(DIGESTS, { error: 'daily or none' }).prefault('daily').describe('A message after each session, or none.'),
});

const schedules = z.record(name, schedule, { error: 'a mapping of schedule names, such as monthly:' });
const sleeves = z.record(name, sleeve, { error: 'a mapping of sleeve names, such as core:' });

export const portfolioSchema = mapping({
  portfolio: name.describe('The name of the portfolio, for ever part of its run ids.'),
  description: z.string({ error: 'a line of text' }).max(500, { error: 'at most 500 characters' }).optional(),
  account: account.prefault({}),
  schedules: schedules.refine(hasEntries, { error: 'at least one schedule' }),
  sleeves: sleeves.refine(hasEntries, { error: 'at least one sleeve' }),
  'cash-reserve': percentText('0%', '90%').prefault('1%').describe('Stays in cash whatever the sleeves say.'),
  'minimum-trade': usdText('1', '1000000').prefault('10 USD').describe('Smaller trades are skipped.'),
  shares: z.enum(['whole', 'fractional'], { error: 'whole or fractional' }).prefault('whole'),
  unowned: z
    .enum(UNOWNED, { error: 'leave, adopt or sell' })
    .prefault('leave')
    .describe(
      'Positions that the portfolio does not own: left alone; taken over once the file names their symbol; or that, and sold where it does not.',
    ),
  settlement: z
    .enum(SETTLEMENT_RULES, { error: 'settled-only, allow-unsettled or broker' })
    .optional()
    .describe('What cash buys may take. By default broker where the account has margin, else settled-only.'),
  'invest-deposits': z
    .enum(INVEST_DEPOSITS, { error: 'under-weights or on-rebalance' })
    .prefault('under-weights')
    .describe('New cash while all symbols are inside their bands: bought with, without a sale, or left for a rebalance.'),
  limits: limitsSchema.prefault({}),
  execution: execution.prefault({}),
  notify: notify.prefault({}),
});

/** A portfolio file after its fields, before it is put into the core's words. */
export type PortfolioFields = z.output<typeof portfolioSchema>;

function hasEntries(entries: object): boolean {
  return Object.keys(entries).length > 0;
}
