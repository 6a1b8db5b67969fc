// What lets a portfolio trade real money: signed by a known key, on exactly it, for exactly this code, and the latest that was said.
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../../shared/contracts/canonical-json.ts';
import { liveStandings } from '../../../../shared/contracts/hypothesis/live-clearance.ts';
import { decodeLiveDocuments, encodeLiveDocuments, NO_DOCUMENTS } from '../../../../shared/contracts/hypothesis/live-documents.ts';
import { isCleared, lacksText } from '../../../../shared/contracts/hypothesis/live-standing.ts';
import { newSigningKey } from '../../../../shared/contracts/hypothesis/signing-keys.ts';
import { tradedHash } from '../../../../shared/contracts/hypothesis/traded-hash.ts';
import type { PortfolioPolicy } from '../../../../shared/contracts/portfolio-policy.ts';
import type { Frequency } from '../../../../shared/core/market/schedule.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { percent } from '../../../../shared/core/values/weight.ts';
import { aPolicyCheck, aVerdictOn, liveDocuments, owner, signedCheck, signedVerdict } from '../../../builders/live.ts';
import { aPolicy } from '../../workflow/workflow-world.ts';

const spy = { kind: 'asset', symbol: 'SPY' } as const;
const policyOnly = aPolicy();
const narrow = { absolute: percent('1%') };
const claiming = aPolicy({
  schedules: policyOnly.schedules.map((schedule) => ({ ...schedule, band: narrow })),
  sleeves: policyOnly.sleeves.map((sleeve) => ({ ...sleeve, exits: { stopLoss: percent('8%'), reEnter: 'next-period' } as const })),
});
/** Claims an edge by what it holds, and has no exits. */
const timed = { strategy: { kind: 'ready-made', name: 'time-series-momentum', given: {} } } as const;
const codesOf = (policy: PortfolioPolicy, files: Parameters<typeof liveDocuments>[0], changed: Parameters<typeof liveDocuments>[1] = {}) =>
  liveStandings(policy, liveDocuments(files, changed)).map(({ code }) => code);

describe('a sleeve that claims an edge', () => {
  it('is cleared by a verdict that says SCALE, and by nothing else', () => {
    expect(codesOf(claiming, [signedVerdict(aVerdictOn(claiming))])).toEqual(['cleared']);
    expect(codesOf(claiming, [])).toEqual(['no-document']);
    expect(codesOf(claiming, [signedCheck(aPolicyCheck(claiming))])).toEqual(['no-document']);
    for (const verdict of ['KILL', 'ITERATE', 'INSUFFICIENT'] as const)
      expect(codesOf(claiming, [signedVerdict(aVerdictOn(claiming, { verdict }))])).toEqual(['not-scale']);
  });

  it('is not cleared by a verdict on another strategy, of other code, or under a key that is not known', () => {
    const other = aVerdictOn(claiming, { strategy: { hash: '0'.repeat(64), parameters: {} } });
    expect(codesOf(claiming, [signedVerdict(other)])).toEqual(['no-document']);
    expect(codesOf(claiming, [signedVerdict(aVerdictOn(claiming))], { source: '0'.repeat(64) })).toEqual(['other-code']);
    expect(codesOf(claiming, [signedVerdict(aVerdictOn(claiming))], { keys: [newSigningKey().publicKey] })).toEqual(['no-document']);
    expect(codesOf(claiming, [signedVerdict(aVerdictOn(claiming))], { keys: [] })).toEqual(['no-document']);
  });

  it('is not cleared by a forged verdict, and says which file was refused and why', () => {
    const killed = signedVerdict(aVerdictOn(claiming, { verdict: 'KILL' }));
    const forged = { ...killed, text: killed.text.replace('"verdict":"KILL"', '"verdict":"SCALE"') };
    const foreign = signedVerdict(aVerdictOn(claiming), newSigningKey().privatePem);
    const [standing] = liveStandings(claiming, liveDocuments([forged, { ...foreign, name: 'foreign.verdict.json' }]));
    expect(standing).toMatchObject({ code: 'no-document' });
    expect(standing?.detail).toContain(
      '"rotation.verdict.json" is refused, since it was forged, or changed since it was signed, and may say otherwise: mend it, or take it away; "foreign.verdict.json" is refused, since its key is not in',
    );
    expect(codesOf(claiming, [{ name: 'a.verdict.json', text: 'SCALE' }])).toEqual(['no-document']);
  });

  it('is not cleared beside a document that is refused: it may be the later no', () => {
    const good = signedVerdict(aVerdictOn(claiming));
    const killed = signedVerdict(aVerdictOn(claiming, { verdict: 'KILL', judged: { at: 1_700_000_000_001, by: 'anna' } }));
    const dropped = signedVerdict(aVerdictOn(claiming, { verdict: 'KILL' }), newSigningKey().privatePem);
    const spoilt = [killed.text.replaceAll('\n', '\r\n'), `\uFEFF${killed.text}`, killed.text.replace('anna', 'otto')];
    for (const text of [dropped.text, ...spoilt]) {
      const files = [good, { name: 'later.verdict.json', text }];
      const [standing] = liveStandings(claiming, liveDocuments(files));
      expect(standing).toMatchObject({ code: 'refused-document', document: contentHash(good.text) });
      expect(standing?.detail).toMatch(
        /"later.verdict.json" is refused, since (?:its key|it is no|it was forged).*, and may say otherwise/,
      );
      // On a portfolio that is a policy too, whatever kind it is.
      expect(codesOf(policyOnly, [signedCheck(aPolicyCheck(policyOnly)), { name: 'later.verdict.json', text }])).toEqual([
        'refused-document',
      ]);
    }
  });

  it('is not cleared by a word from the future, which would outlast every later one', () => {
    const at = 1_700_000_000_000;
    const minutes = (count: number) => at + count * 60_000;
    const good = signedVerdict(aVerdictOn(claiming, { judged: { at, by: 'anna' } }));
    expect(codesOf(claiming, [good], { asOf: minutes(-5) })).toEqual(['cleared']);
    expect(codesOf(claiming, [good], { asOf: minutes(-5) - 1 })).toEqual(['no-document']);
    const renewed = { at: minutes(6), by: 'anna', document: 'a'.repeat(64) };
    expect(codesOf(claiming, [good, signedVerdict(aVerdictOn(claiming, { renewed }))], { asOf: at })).toEqual(['refused-document']);
  });

  it('goes by the latest that was said of it, whichever file comes first', () => {
    const good = signedVerdict(aVerdictOn(claiming));
    const later = signedVerdict(aVerdictOn(claiming, { verdict: 'KILL', judged: { at: 1_700_000_000_001, by: 'anna' } }));
    expect([codesOf(claiming, [good, later]), codesOf(claiming, [later, good])]).toEqual([['not-scale'], ['not-scale']]);
  });

  it('is as old as its judgement: a renewal speaks of other code, and takes back nothing that was judged since', () => {
    const renewed = { at: 1_700_000_000_002, by: 'anna', document: 'a'.repeat(64) };
    const scaled = signedVerdict(aVerdictOn(claiming, { renewed }));
    const killed = signedVerdict(aVerdictOn(claiming, { verdict: 'KILL', judged: { at: 1_700_000_000_001, by: 'anna' } }));
    expect([codesOf(claiming, [killed, scaled]), codesOf(claiming, [scaled, killed])]).toEqual([['not-scale'], ['not-scale']]);
    const other = signedVerdict(aVerdictOn(claiming, { code: { version: '0.0.9', source: '0'.repeat(64) } }));
    expect([codesOf(claiming, [other, scaled]), codesOf(claiming, [scaled, other])]).toEqual([['cleared'], ['cleared']]);
  });

  it('is not cleared where two that were said at the same moment differ, whichever file comes first', () => {
    const good = signedVerdict(aVerdictOn(claiming));
    const killed = signedVerdict(aVerdictOn(claiming, { verdict: 'KILL' }));
    expect([codesOf(claiming, [good, killed]), codesOf(claiming, [killed, good])]).toEqual([['not-scale'], ['not-scale']]);
    const passed = signedCheck(aPolicyCheck(policyOnly));
    const failed = signedCheck(aPolicyCheck(policyOnly, { outcome: 'failed' }));
    expect([codesOf(policyOnly, [passed, failed]), codesOf(policyOnly, [failed, passed])]).toEqual([['not-passed'], ['not-passed']]);
  });
});

describe('a claim whose portfolio is traded otherwise than it was judged', () => {
  type Sleeve = PortfolioPolicy['sleeves'][number];
  const monthly = { kind: 'every', every: 'month' } as const;

  function every(looked: Frequency, rebalance: Sleeve['rebalance'], on: 'first' | 'last' = 'first', exits?: Sleeve['exits']) {
    const schedules = policyOnly.schedules.map((schedule) => ({ ...schedule, every: looked, on, band: narrow }));
    const sleeves = policyOnly.sleeves.map((sleeve) => ({ ...sleeve, ...timed, rebalance, ...(exits === undefined ? {} : { exits }) }));
    const policy = { ...policyOnly, schedules, sleeves };
    return codesOf(policy, [signedVerdict(aVerdictOn(policy))]);
  }

  it('is not what was judged, and is not cleared', () => {
    for (const looked of ['day', 'month'] as const) expect(every(looked, monthly)).toEqual(['cleared']);
    for (const looked of ['week', 'quarter', 'year'] as const) expect(every(looked, monthly)).toEqual(['traded-otherwise']);
    expect(every('week', { kind: 'every', every: 'day' })).toEqual(['traded-otherwise']);
    expect(every('month', { kind: 'none' })).toEqual(['traded-otherwise']);
    expect(every('day', { kind: 'corridor', width: percent('5%') })).toEqual(['cleared']);
  });

  it('is not cleared at the other end of its period', () => {
    expect(every('month', monthly, 'last')).toEqual(['traded-otherwise']);
    expect(every('day', monthly, 'last')).toEqual(['cleared']);
  });

  it('is not cleared in a band that keeps it from its targets', () => {
    const banded = (band: PortfolioPolicy['schedules'][number]['band']) => {
      const policy = { ...claiming, schedules: claiming.schedules.map((schedule) => ({ ...schedule, band })) };
      return codesOf(policy, [signedVerdict(aVerdictOn(policy))]);
    };
    for (const band of [{}, { absolute: percent('0%') }, narrow, { absolute: percent('5%'), relative: percent('1%') }])
      expect(banded(band)).toEqual(['cleared']);
    for (const band of [
      { absolute: percent('1.0001%') },
      { relative: percent('25%') },
      { absolute: percent('5%'), relative: percent('25%') },
    ])
      expect(banded(band)).toEqual(['traded-otherwise']);
  });

  it('is told which keys of the nearest schedule are otherwise, before there is a verdict too', () => {
    const [schedule] = policyOnly.schedules;
    if (schedule === undefined) throw new Error('no schedule');
    const wide = { absolute: percent('5%'), relative: percent('25%') };
    const schedules = [
      { ...schedule, name: 'yearly', every: 'year' as const, on: 'last' as const, band: wide },
      { ...schedule, name: 'monthly', every: 'month' as const, on: 'last' as const, band: wide },
    ];
    const sleeves = policyOnly.sleeves.map((sleeve) => ({ ...sleeve, ...timed, rebalance: { kind: 'every', every: 'month' } as const }));
    const policy = { ...policyOnly, schedules, sleeves };
    const keys = [
      'schedules.yearly.every: year — expected day, or month with on: first',
      'schedules.yearly.band: absolute: 5%, relative: 25% — expected absolute: 1% or less',
    ];
    const [judged] = liveStandings(policy, liveDocuments([signedVerdict(aVerdictOn(policy))]));
    expect(judged?.detail).toMatch(/ that says SCALE, and is traded otherwise than it was judged \(/);
    for (const key of keys)
      expect([judged?.detail.includes(key), lacksText(liveStandings(policy, NO_DOCUMENTS)).includes(key)]).toEqual([true, true]);
    const monthly = { ...policy, schedules: schedules.slice(1) };
    expect(lacksText(liveStandings(monthly, NO_DOCUMENTS))).toContain('schedules.monthly.on: last — expected first, or every: day');
    const stopped = {
      ...monthly,
      sleeves: sleeves.map((sleeve) => ({ ...sleeve, exits: { stopLoss: percent('5%'), reEnter: 'next-period' } as const })),
    };
    expect(lacksText(liveStandings(stopped, NO_DOCUMENTS))).toContain('schedules.monthly.every: month — expected day;');
  });

  it('is looked at every day where it has exits, which were asked for in every session', () => {
    const exits = { stopLoss: percent('5%'), reEnter: 'next-period' } as const;
    for (const looked of ['week', 'month'] as const) expect(every(looked, monthly, 'first', exits)).toEqual(['traded-otherwise']);
    expect(every('day', monthly, 'first', exits)).toEqual(['cleared']);
  });
});

describe('a sleeve that claims none', () => {
  it('is cleared by a policy check that passed on exactly what is traded', () => {
    expect(codesOf(policyOnly, [signedCheck(aPolicyCheck(policyOnly))])).toEqual(['cleared']);
    expect(codesOf(policyOnly, [signedVerdict(aVerdictOn(policyOnly))])).toEqual(['no-document']);
    expect(codesOf(policyOnly, [signedCheck(aPolicyCheck(policyOnly, { outcome: 'failed' }))])).toEqual(['not-passed']);
    expect(codesOf(policyOnly, [signedCheck(aPolicyCheck(policyOnly))], { source: '1'.repeat(64) })).toEqual(['other-code']);
  });

  it('is not cleared by a word that its own figures deny', () => {
    const checks = [{ check: 'paper', code: 'sessions', figure: 3, threshold: 20, holds: false }] as const;
    expect(codesOf(policyOnly, [signedCheck(aPolicyCheck(policyOnly, { checks: [...checks] }))])).toEqual(['not-passed']);
  });

  it('is not cleared by a check that left out a part of it', () => {
    const { checks } = aPolicyCheck(policyOnly);
    for (const [place] of checks.entries())
      expect(codesOf(policyOnly, [signedCheck(aPolicyCheck(policyOnly, { checks: checks.toSpliced(place, 1) }))])).toEqual(['not-passed']);
  });

  it('needs a check of its own for anything else that is traded, and none for who is told or where', () => {
    const same: readonly Partial<PortfolioPolicy>[] = [
      { name: 'other' },
      { description: 'a line' },
      { account: { name: 'real', mode: 'live', number: 'LV1' } },
      { notify: { email: ['me@example.com'], digest: 'none' } },
      { limits: { ...policyOnly.limits, ordersMax: 3 } },
      { sleeves: policyOnly.sleeves.map((sleeve) => ({ ...sleeve, name: 'renamed' })) },
    ];
    for (const stated of same) expect(tradedHash({ ...policyOnly, ...stated })).toBe(tradedHash(policyOnly));
    const [sleeve] = policyOnly.sleeves;
    if (sleeve === undefined) throw new Error('no sleeve');
    const others: readonly Partial<PortfolioPolicy>[] = [
      { cashReserve: percent('3%') },
      { minimumTrade: usd('26') },
      { shareUnit: 'fractional' },
      { unowned: 'sell' },
      { investDeposits: 'on-rebalance' },
      { execution: { ...policyOnly.execution, collarBps: 21 } },
      { schedules: policyOnly.schedules.map((schedule) => ({ ...schedule, every: 'week' as const })) },
      { schedules: policyOnly.schedules.map((schedule) => ({ ...schedule, band: { absolute: percent('4%') } })) },
      { sleeves: [{ ...sleeve, strategy: spy }] },
    ];
    const hashes = new Set([policyOnly, ...others.map((stated) => ({ ...policyOnly, ...stated }))].map(tradedHash));
    expect(hashes.size).toBe(others.length + 1);
  });
});

describe('a portfolio of both', () => {
  const [sleeve] = policyOnly.sleeves;
  if (sleeve === undefined) throw new Error('no sleeve');
  const half = percent('50%');
  const both = aPolicy({
    schedules: claiming.schedules,
    sleeves: [
      { ...sleeve, name: 'edge', capital: half, exits: { stopLoss: percent('8%'), reEnter: 'next-period' } as const },
      { ...sleeve, name: 'calm', capital: half },
    ],
  });

  it('is cleared when each sleeve is, and says what each lacks', () => {
    const verdict = signedVerdict(aVerdictOn(both));
    const check = signedCheck(aPolicyCheck(both));
    expect(isCleared(liveStandings(both, liveDocuments([verdict, check])))).toBe(true);
    const lacking = liveStandings(both, liveDocuments([verdict]));
    expect(isCleared(lacking)).toBe(false);
    expect(lacksText(lacking)).toMatch(/^sleeve calm, a policy, needs a policy check/);
    expect(lacksText(liveStandings(both, NO_DOCUMENTS))).toMatch(/sleeve edge, a claim, needs a verdict.*; sleeve calm, a policy, needs/);
  });
});

describe('what is deployed beside a live portfolio', () => {
  it('reads back as it was written, and is nothing when it is not whole', () => {
    const documents = liveDocuments([signedVerdict(aVerdictOn(claiming))]);
    expect(decodeLiveDocuments(encodeLiveDocuments(documents))).toEqual(documents);
    expect(documents.keys).toEqual([owner.publicKey]);
    for (const text of ['', '{}', encodeLiveDocuments(documents).slice(0, 90)]) expect(decodeLiveDocuments(text)).toBeUndefined();
  });
});
