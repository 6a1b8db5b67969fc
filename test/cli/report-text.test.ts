// A report in words, where a demo does not go: residuals, refusals, flags, what is not known, and more rows than a page has.
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../cli/report/report-document.ts';
import { reportText } from '../../cli/report/report-text.ts';

type Trade = ReportDocument['trades'][number];
type Gain = ReportDocument['gains'][number];

const trade: Trade = {
  runId: 'balanced/2026-11-20/daily',
  session: '2026-11-20',
  symbol: 'BRK.B',
  side: 'sell',
  isShort: true,
  planned: '12345.123456789',
  filled: '12000.987654321',
  decision: '450.123456',
  average: '449.87',
  shortfall: { delay: '-1.50', execution: '3.25', opportunity: null, fees: null },
  residual: { code: 'unfilled-at-limit', quantity: '344.135802468', figures: {} },
};

const gain: Gain = {
  symbol: 'BRK.B',
  side: 'long',
  quantity: '1234.567890123',
  acquired: '2025-01-02',
  disposed: '2026-11-20',
  cost: '555555.55',
  proceeds: '555000.00',
  gain: '-555.55',
  term: 'long',
  by: 'fill',
  washSale: 'flagged',
  washDates: ['2026-11-02'],
};

function aReport(stated: Partial<ReportDocument> = {}): ReportDocument {
  return {
    portfolio: 'balanced',
    from: '2026-11-01',
    to: '2026-11-30',
    runs: [],
    trades: [],
    shortfall: null,
    orders: [],
    positions: [],
    account: null,
    equity: [],
    cash: [],
    totals: {
      deposits: '1000.00',
      withdrawals: '-50.00',
      dividends: '12.34',
      interest: '0.00',
      fees: '-0.07',
      unknown: '3.00',
      gainShortTerm: '0.00',
      gainLongTerm: '-555.55',
      gainUnknownTerm: '0.00',
      gainsUnknown: 1,
      washSalesFlagged: 1,
    },
    lotMethod: 'fifo',
    lots: [],
    gains: [],
    lotRemarks: [],
    risk: { breaker: null, stress: null, tail: { returns: 3, levels: [] } },
    surveillance: [],
    ...stated,
  };
}

function linesOf(stated: Partial<ReportDocument>): readonly string[] {
  const lines = reportText(aReport(stated), createColors(false)).split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  return lines;
}

describe('a report in words', () => {
  it('says what was left, and that a cost is not known', () => {
    const lines = linesOf({ trades: [trade] });
    expect(lines).toContain('2026-11-20  short  BRK.B   12345.1235  12000.9877   449.87       1.75');
    expect(lines).toContain('left of BRK.B on 2026-11-20: 344.1358, unfilled-at-limit');
    expect(lines).toContain('Shortfall not measured of every trade.');
  });

  it('says why a run was refused', () => {
    const refused = { session: '2026-11-20', phase: 'ended', ending: 'refused', code: 'unreconciled', override: null } as const;
    const lines = linesOf({ runs: [{ ...refused, runId: 'balanced/2026-11-20/daily', detail: 'SPY: expected 5, found 6' }] });
    expect(lines).toContain('balanced/2026-11-20/daily  refused unreconciled');
    expect(lines).toContain('    SPY: expected 5, found 6');
  });

  it('says once who let runs trade live without what they needed', () => {
    const override = { by: 'anna', reason: 'watched by hand' };
    const run = { phase: 'ended', ending: 'completed', code: null, detail: null, override } as const;
    const runs = ['2026-11-19', '2026-11-20'].map((session) => ({ ...run, session, runId: `balanced/${session}/daily` }));
    expect(linesOf({ runs }).filter((line) => line.includes('by anna'))).toEqual(['live without what it needs, by anna: watched by hand']);
  });

  it('marks a wash sale, names what is unknown, and gives no advice', () => {
    const unknown: Gain = { ...gain, cost: null, gain: null, washSale: 'unknown', washDates: [] };
    const lines = linesOf({ gains: [gain, unknown] });
    expect(lines.filter((line) => line.endsWith('long wash'))).toHaveLength(1);
    expect(lines.some((line) => /unknown +unknown +long$/.test(line))).toBe(true);
    const text = lines.join(' ').replace(/ +/g, ' ');
    expect(text).toContain('gain unknown of 1, flagged as possible wash sales 1');
    expect(text).toContain('none of it is tax advice');
    expect(lines).toContain('wash-sale  1 realised loss, marked above');
  });

  it('names what a corporate action did, in words that steer no terminal', () => {
    const remark = { symbol: 'NEW', on: '2026-11-09', code: 'shares-of-unknown-cost', quantity: '3', amount: '0.00' } as const;
    const lines = linesOf({ lotRemarks: [{ ...remark, word: 'SPIN\u001b[2J' }] });
    expect(lines).toContain('2026-11-09 NEW: shares-of-unknown-cost, SPIN\ufffd[2J of 3 shares');
  });

  it('sums lots by symbol, and a cost that is known in part is unknown', () => {
    const lot = { symbol: 'SPY', side: 'long', quantity: '2', acquired: '2026-11-02', amount: '900.00', origin: 'fill' } as const;
    const other = { ...lot, symbol: 'TLT' };
    const lines = linesOf({ lots: [lot, { ...lot, acquired: '2026-11-09' }, other, { ...other, amount: null, origin: 'opening' }] });
    expect(lines).toContain('SPY     long     2       4  1,800.00  2026-11-02  2026-11-09');
    expect(lines).toContain('TLT     long     2       4   unknown  2026-11-02  2026-11-02');
  });

  it('shows the last forty rows of many, and says where the others are', () => {
    const lines = linesOf({ trades: Array.from({ length: 50 }, () => ({ ...trade, residual: null })) });
    expect(lines.filter((line) => line.startsWith('2026-11-20  short'))).toHaveLength(40);
    expect(lines).toContain('The last 40 of 50; --csv and --json have all.');
  });

  it('names what surveillance found', () => {
    const orders = ['balanced_2026-11-20_morning_SPY_buy_0_0', 'balanced_2026-11-20_evening_SPY_sell_0_0'];
    const lines = linesOf({ surveillance: [{ code: 'self-cross', session: '2026-11-20', symbol: 'SPY', orders }] });
    expect(lines.some((line) => line.startsWith('self-cross  2026-11-20 SPY: balanced_2026-11-20_morning'))).toBe(true);
  });

  it('tells money that nobody understood apart', () => {
    expect(linesOf({}).join(' ')).toContain('fees -0.07, not understood 3.00');
  });
});
