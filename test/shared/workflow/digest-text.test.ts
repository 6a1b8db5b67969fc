// The digest in words, of sessions that the other tests do not come to.
import { describe, expect, it } from 'vitest';
import { sessionOn } from '../../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { type DigestFacts, digestText } from '../../../shared/workflow/watchdog/digest-text.ts';
import type { RunFacts } from '../../../shared/workflow/watchdog/session-outcomes.ts';
import { aClaim, aPolicy } from './workflow-world.ts';

const session = sessionOn('2026-11-20');
if (session === undefined) throw new Error('no session');

const HASH = 'a'.repeat(64);

function facts(stated: Partial<DigestFacts> = {}): DigestFacts {
  return {
    policy: aPolicy(),
    session: session as NonNullable<typeof session>,
    at: Date.UTC(2026, 10, 20, 21, 45),
    account: {
      accountNumber: 'PA1',
      equity: usd('9987.654321'),
      cash: usd('300'),
      buyingPower: 0n,
      isBlocked: false,
      lastEquity: usd('10000'),
    },
    breaker: { level: 'caution', mark: usd('10500.005'), equity: usd('9987.654321'), drawdown: percent('4.8795%'), dayLoss: 0n },
    runs: [],
    findings: [],
    blind: [],
    anchors: { runs: [], ledger: { version: 7, head: HASH } },
    ...stated,
  };
}

describe('a digest', () => {
  it('of a session without a run says what the account is worth, how far below its mark, and what comes next', () => {
    // 9987.654321 is 0.12345679 % below 10000; half a cent goes to the even one.
    expect(digestText(facts())).toBe(
      [
        'Account: $9987.65, of which $300.00 in cash, -0.12% since the close before.',
        'Risk: 4.88% below the high-water mark of $10500.00; breaker caution.',
        '',
        'Nothing was due, and nothing was traded.',
        '',
        'Next run: daily, 2026-11-23T20:35:00.000Z.',
        '',
        'To keep, outside the store:',
        `  ledger version 7, ${HASH}`,
      ].join('\n'),
    );
  });

  it('names whoever lets a live portfolio trade without what it needs, whether or not the broker answers', () => {
    const override = { by: 'anna', reason: 'a first order, watched by hand' };
    const policy = aPolicy({ account: { name: 'main', mode: 'live', number: 'PA1', override } });
    const said = '\nlive without what it needs, by anna: a first order, watched by hand\n';
    expect(digestText(facts({ policy }))).toContain(said);
    expect(digestText(facts({ policy, breaker: undefined }))).toContain(said);
    expect(digestText(facts({ policy, account: undefined }))).toContain(said);
    expect(digestText(facts())).not.toContain('without what it needs');
  });

  it('names whoever let a run of the session trade without, also where the file of the evening says it no more, once each', () => {
    const [anna, ben] = [
      { by: 'anna', reason: 'a first order, watched by hand' },
      { by: 'ben', reason: 'the verdict is being renewed' },
    ];
    const record = aClaim('daily', '2026-11-20');
    const runs = [{ record, override: anna }, { record, override: anna }, { record, override: ben }, { record }];
    const said = ['anna: a first order, watched by hand', 'ben: the verdict is being renewed'];
    const linesOf = (text: string) => text.split('\n').filter((line) => line.startsWith('live without'));
    for (const account of [
      { name: 'main', mode: 'live' as const },
      { name: 'main', mode: 'live' as const, override: ben },
    ])
      expect(linesOf(digestText(facts({ policy: aPolicy({ account }), runs }))).sort()).toEqual(
        said.map((each) => `live without what it needs, by ${each}`),
      );
  });

  it('does not call nothing due what is missing, or what could not be looked at', () => {
    const missing = [{ code: 'run-missing', subject: 'a run is missing', body: '' }] as const;
    expect(digestText(facts({ findings: missing }))).toContain('\n\nWhat was due is missing: nothing was traded.\n\n');
    expect(digestText(facts({ blind: ['the runs: timeout'] }))).toContain('\n\nNo run was seen.\n\n');
  });

  it('says which part of the account the portfolio uses, where it is not all of it', () => {
    const policy = aPolicy({ account: { name: 'main', mode: 'paper', capital: percent('10%') } });
    expect(digestText(facts({ policy }))).toContain('close before.\nCapital: 10% of the account; the rest stays in cash.\nRisk:');
  });

  it('names what is to be looked at, and what could not be checked', () => {
    const findings = [{ code: 'clock-skew', subject: 'the clocks differ', body: '' }] as const;
    const text = digestText(facts({ findings, blind: ['the closes: timeout'], account: undefined }));
    expect(text).toContain('Account: the broker did not answer.');
    expect(text).toContain('To look at:\n  the clocks differ (clock-skew)\n\nNot checked:\n  the closes: timeout');
  });

  it('tells of a run that came no further than its claim', () => {
    const record = aClaim('daily', '2026-11-20');
    const runs = [{ record }];
    expect(digestText(facts({ runs }))).toContain('Run balanced/2026-11-20/daily: not ended, claimed\n\nNext run');
  });

  it('tells what was decided and not done: exits, candidates left out, skipped trades, drift', () => {
    const exit = {
      symbol: 'SPY',
      side: 'long',
      entered: '2026-11-02',
      entry: 100,
      best: 101,
      sessions: 9,
      by: 'stop-loss',
      touched: '2026-11-19',
      close: 91,
    } as const;
    const decision: RunFacts['decision'] = {
      kind: 'decision',
      previous: HASH,
      result: {
        kind: 'weights',
        targets: { weights: [], cash: percent('100%') },
        leftOut: [{ sleeve: 'core', symbol: 'EEM', metric: 'rsi', why: 'undefined', dataOf: null }],
        turns: { core: 'exit' },
        exits: { core: [exit] },
      },
    };
    const plan: RunFacts['plan'] = {
      kind: 'plan',
      previous: HASH,
      band: {},
      plan: {
        equity: usd('10000'),
        isTriggered: true,
        lines: [{ symbol: 'SPY', value: 0n, weight: percent('58%'), target: 0n, drift: percent('58%'), isInside: false }],
        trades: [],
        skipped: [{ symbol: 'SPY', code: 'quote-stale', figures: {} }],
        cashBefore: 0n,
        proceedsAtLeast: 0n,
        costAtMost: 0n,
      },
    };
    const record = {
      ...aClaim('daily', '2026-11-20'),
      phase: { kind: 'ended', ending: { kind: 'nothing-to-trade', detail: 'all skipped', at: 0 } },
    } as const;
    const lines = digestText(facts({ runs: [{ record, decision, plan }] })).split('\n');
    expect(lines.slice(3, 9)).toEqual([
      'Run balanced/2026-11-20/daily: nothing-to-trade. all skipped',
      '  why: core exit',
      '  exits: SPY stop-loss',
      '  skipped: SPY quote-stale',
      '  left out: EEM (no rsi)',
      '  drift: 58%',
    ]);
  });
});
