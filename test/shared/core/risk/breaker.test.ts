import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BREAKER_LEVELS,
  type BreakerLook,
  type BreakerStanding,
  confirmed,
  followBreaker,
  forgiven,
  isAtLeast,
} from '../../../../shared/core/risk/breaker.ts';
import type { BreakerLimits } from '../../../../shared/core/risk/limits.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { percent } from '../../../../shared/core/values/weight.ts';

const LIMITS: BreakerLimits = {
  dayLoss: { caution: percent('2%'), restricted: percent('3%'), stopped: percent('5%') },
  drawdown: { caution: percent('10%'), restricted: percent('15%'), stopped: percent('20%') },
};

function aLook(equity: string, stated: Partial<BreakerLook> = {}): BreakerLook {
  return { session: '2026-11-20', equity: usd(equity), transfers: 0n, transfersSinceClose: 0n, ...stated };
}

function aStanding(mark: string, stated: Partial<BreakerStanding> = {}): BreakerStanding {
  return { mark: usd(mark), transfers: 0n, level: 'normal', ...stated };
}

const levelAt = (before: BreakerStanding | undefined, look: BreakerLook, limits = LIMITS) => followBreaker(before, look, limits).view.level;

describe('the breaker', () => {
  it('begins with what there is as the mark', () => {
    expect(followBreaker(undefined, aLook('100000'), LIMITS)).toEqual({
      standing: aStanding('100000'),
      view: { level: 'normal', mark: usd('100000'), equity: usd('100000'), drawdown: 0n, dayLoss: 0n },
    });
  });

  it('reaches each level at exactly its loss below the mark', () => {
    const mark = aStanding('100000');
    expect(levelAt(mark, aLook('90000.01'))).toBe('caution');
    // Rounded up: 9.9999 % and a little is 10 %.
    expect(levelAt(mark, aLook('90000.2'))).toBe('normal');
    expect(levelAt(mark, aLook('90000'))).toBe('caution');
    expect(levelAt(mark, aLook('85000'))).toBe('restricted');
    expect(levelAt(mark, aLook('80000'))).toBe('stopped');
  });

  it('reaches each level at exactly its loss since the close before', () => {
    const since = (equity: string) => levelAt(undefined, aLook(equity, { lastEquity: usd('100000') }));
    expect([since('98000.2'), since('98000'), since('97000'), since('95000')]).toEqual(['normal', 'caution', 'restricted', 'stopped']);
  });

  it('does not come down by itself, neither when the loss is made good nor on the next day', () => {
    const { standing } = followBreaker(aStanding('100000'), aLook('84000'), LIMITS);
    expect(standing.level).toBe('restricted');
    expect(levelAt(standing, aLook('120000', { session: '2026-11-23' }))).toBe('restricted');
  });

  it('holds a deposit neither for a gain nor for the end of a loss', () => {
    // 90 of 100 is a tenth down; 90 more make it 180 of 200.
    const before = aStanding('100000', { level: 'caution' });
    const { view } = followBreaker(before, aLook('180000', { transfers: usd('90000') }), LIMITS);
    expect(view).toMatchObject({ mark: usd('200000'), drawdown: percent('10%') });
  });

  it('holds a withdrawal for no loss', () => {
    const { view } = followBreaker(aStanding('100000'), aLook('45000', { transfers: usd('-50000') }), LIMITS);
    // It was 95 of 100 before 50 were taken: 45 of 47.368421…
    expect(view).toMatchObject({ mark: 47_368_421_053n, drawdown: percent('5.0001%') });
    expect(view.level).toBe('normal');
  });

  it('does not count again what it knows of already', () => {
    const { standing } = followBreaker(aStanding('100000'), aLook('50000', { transfers: usd('-50000') }), LIMITS);
    expect(followBreaker(standing, aLook('50000', { transfers: usd('-50000') }), LIMITS).view).toMatchObject({ drawdown: 0n });
  });

  it('moves the opening of the day with what was transferred since the close', () => {
    const look = aLook('148500', { lastEquity: usd('100000'), transfers: usd('50000'), transfersSinceClose: usd('50000') });
    // 98.5 of 100 before 50 came: 1.5 %, rounded up.
    expect(followBreaker(undefined, look, LIMITS).view).toMatchObject({ dayLoss: percent('1.5001%'), level: 'normal' });
  });

  it('measures all looks of a session against one opening, whatever the broker says later', () => {
    const { standing } = followBreaker(undefined, aLook('99000', { lastEquity: usd('100000') }), LIMITS);
    expect(standing.day).toEqual({ session: '2026-11-20', equity: usd('100000') });
    expect(followBreaker(standing, aLook('98000', { lastEquity: usd('98000') }), LIMITS).view.dayLoss).toBe(percent('2%'));
    const next = followBreaker(standing, aLook('98000', { session: '2026-11-23', lastEquity: usd('98500') }), LIMITS);
    expect(next.view.dayOpen).toBe(usd('98500'));
  });

  it('begins anew where nothing was left before a deposit', () => {
    const { standing } = followBreaker(aStanding('100000', { level: 'stopped' }), aLook('5000', { transfers: usd('5000') }), LIMITS);
    expect(standing).toMatchObject({ mark: usd('5000'), level: 'stopped' });
  });

  it('trips on nothing that is off', () => {
    const look = aLook('1', { lastEquity: usd('100000') });
    expect(levelAt(aStanding('100000'), look, {})).toBe('normal');
  });

  it('forgets the mark and the loss of the day for a person who says so, and only the level for one who keeps them', () => {
    const { standing } = followBreaker(aStanding('100000'), aLook('70000', { lastEquity: usd('75000') }), LIMITS);
    expect(standing.level).toBe('stopped');
    expect(levelAt(confirmed(standing), aLook('70000', { lastEquity: usd('75000') }))).toBe('stopped');
    const anew = followBreaker(forgiven(standing, '2026-11-20'), aLook('70000', { lastEquity: usd('75000') }), LIMITS);
    expect(anew.standing).toMatchObject({ mark: usd('70000'), level: 'normal' });
    // The next session has an opening of its own.
    const after = followBreaker(anew.standing, aLook('66000', { session: '2026-11-23', lastEquity: usd('70000') }), LIMITS);
    expect(after.view).toMatchObject({ level: 'stopped', dayLoss: percent('5.7143%') });
  });

  const cents = fc.bigInt(1n, 10n ** 9n).map((count) => count * 10_000n);

  it('never lowers a level, nor the mark but for a withdrawal', () => {
    const looks = fc.array(fc.record({ equity: cents, flow: fc.bigInt(-(10n ** 7n), 10n ** 9n), lastEquity: cents }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(looks, (all) => {
        let standing: BreakerStanding | undefined;
        let transfers = 0n;
        for (const { equity, flow, lastEquity } of all) {
          transfers += flow;
          const before = standing;
          standing = followBreaker(
            before,
            { session: '2026-11-20', equity, lastEquity, transfers, transfersSinceClose: 0n },
            LIMITS,
          ).standing;
          expect(standing.mark >= equity).toBe(true);
          if (before === undefined) continue;
          expect(isAtLeast(standing.level, before.level)).toBe(true);
          if (flow === 0n) expect(standing.mark >= before.mark).toBe(true);
        }
      }),
    );
  });

  it('reaches no higher level under looser limits', () => {
    const loss = fc.tuple(...[1, 2, 3].map(() => fc.bigInt(1n, 1_000_000n))).map((all) => [...all].sort((a, b) => Number(a - b)));
    fc.assert(
      fc.property(cents, cents, loss, fc.bigInt(0n, 500_000n), (equity, mark, levels, looser) => {
        const limits = (more: bigint): BreakerLimits => {
          const [caution = 0n, restricted = 0n, stopped = 0n] = levels.map((level) => level + more);
          return { drawdown: { caution, restricted, stopped } };
        };
        const look: BreakerLook = { session: '2026-11-20', equity, transfers: 0n, transfersSinceClose: 0n };
        const at = (more: bigint) =>
          BREAKER_LEVELS.indexOf(followBreaker({ mark, transfers: 0n, level: 'normal' }, look, limits(more)).view.level);
        expect(at(looser)).toBeLessThanOrEqual(at(0n));
      }),
    );
  });
});
