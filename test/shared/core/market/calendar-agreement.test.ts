import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrokerDay } from '../../../../shared/core/market/calendar-agreement.ts';
import { disagreement } from '../../../../shared/core/market/calendar-agreement.ts';
import { newYorkInstant } from '../../../../shared/core/market/new-york-time.ts';
import { sessionsBetween } from '../../../../shared/core/market/nyse-calendar.ts';
import { settlementDate } from '../../../../shared/core/market/settlement.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';

const ours = sessionsBetween('2026-11-20', '2026-12-04');

function brokers(change: (day: BrokerDay) => BrokerDay | undefined = (day) => day): BrokerDay[] {
  return ours
    .map(({ date, open, close }): BrokerDay => ({ date, open, close, settlementDate: settlementDate(date) }))
    .map(change)
    .filter((day) => day !== undefined);
}

const onDate =
  (date: NewYorkDate, changed: Partial<BrokerDay>) =>
  (day: BrokerDay): BrokerDay =>
    day.date === date ? { ...day, ...changed } : day;
const without =
  (date: NewYorkDate) =>
  (day: BrokerDay): BrokerDay | undefined =>
    day.date === date ? undefined : day;

describe('our calendar and the broker’s', () => {
  it('agree on every session when the broker says what we say', () => {
    for (const { date } of ours.slice(0, -1)) expect(disagreement(ours, brokers(), date)).toBeUndefined();
  });

  it('agree that a holiday is none', () => {
    expect(disagreement(ours, brokers(), '2026-11-26')).toBeUndefined();
  });

  it('agree when the broker names no settlement date', () => {
    const silent = ours.map(({ date, open, close }) => ({ date, open, close }));
    expect(disagreement(ours, silent, '2026-11-25')).toBeUndefined();
  });

  it('disagree about the close of the session, in New York time', () => {
    const late = brokers(onDate('2026-11-27', { close: newYorkInstant('2026-11-27', 16, 0) }));
    expect(disagreement(ours, late, '2026-11-27')).toEqual({ date: '2026-11-27', ours: '09:30 to 13:00', brokers: '09:30 to 16:00' });
  });

  it('disagree about the open of the session, to the second and the day', () => {
    const second = brokers(onDate('2026-11-20', { open: newYorkInstant('2026-11-20', 9, 30) + 1_000 }));
    expect(disagreement(ours, second, '2026-11-20')?.brokers).toBe('09:30:01 to 16:00');
    const eve = brokers(onDate('2026-11-20', { open: newYorkInstant('2026-11-19', 20, 0) }));
    expect(disagreement(ours, eve, '2026-11-20')?.brokers).toBe('2026-11-19 20:00 to 16:00');
    const nothing = brokers(onDate('2026-11-20', { open: Number.NaN }));
    expect(disagreement(ours, nothing, '2026-11-20')?.brokers).toBe('instant NaN to 16:00');
  });

  it('disagree when only one of them has the session', () => {
    expect(disagreement(ours, brokers(without('2026-11-20')), '2026-11-20')).toEqual({
      date: '2026-11-20',
      ours: '09:30 to 16:00',
      brokers: 'no session',
    });
    const holiday: BrokerDay = {
      date: '2026-11-26',
      open: newYorkInstant('2026-11-26', 9, 30),
      close: newYorkInstant('2026-11-26', 16, 0),
    };
    expect(disagreement(ours, [...brokers(), holiday], '2026-11-26')).toEqual({
      date: '2026-11-26',
      ours: 'no session',
      brokers: '09:30 to 16:00',
    });
  });

  it('disagree when the broker lists the session twice', () => {
    const twice = brokers();
    expect(disagreement(ours, [...twice, ...twice.filter(({ date }) => date === '2026-11-20')], '2026-11-20')?.brokers).toBe(
      '09:30 to 16:00 and 09:30 to 16:00',
    );
  });

  it('disagree about the settlement date', () => {
    const slow = brokers(onDate('2026-11-25', { settlementDate: '2026-11-30' }));
    expect(disagreement(ours, slow, '2026-11-25')).toEqual({
      date: '2026-11-25',
      ours: 'settles 2026-11-27',
      brokers: 'settles 2026-11-30',
    });
  });

  it('disagree about a day between the session and its settlement, and name that day', () => {
    expect(disagreement(ours, brokers(without('2026-11-27')), '2026-11-25')).toEqual({
      date: '2026-11-27',
      ours: 'a session',
      brokers: 'no session',
    });
    expect(disagreement(ours, brokers(without('2026-11-30')), '2026-11-25')).toBeUndefined();
  });

  it('never agree when the hours of the session differ by anything', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: ours.length - 2 }),
        fc.integer({ min: 1, max: 36_000_000 }),
        fc.boolean(),
        (place, shift, atOpen) => {
          const session = ours[place];
          if (session === undefined) throw new Error('the place lies within the calendar');
          const changed = atOpen ? { open: session.open - shift } : { close: session.close + shift };
          expect(disagreement(ours, brokers(onDate(session.date, changed)), session.date)?.date).toBe(session.date);
        },
      ),
    );
  });
});
