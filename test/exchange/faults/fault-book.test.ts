import { describe, expect, it } from 'vitest';
import { faultDesk } from '../../../exchange/faults/fault-book.ts';

describe('faultDesk', () => {
  it('shows a fault as often as its count says', () => {
    const desk = faultDesk();
    desk.arm({ kind: 'reject', count: 2 });
    expect(desk.take('reject')).toEqual({ kind: 'reject', count: 2 });
    expect(desk.list()).toMatchObject([{ id: 1, shown: 1, left: 1 }]);
    expect(desk.take('reject')).toBeDefined();
    expect(desk.take('reject')).toBeUndefined();
    expect(desk.list()).toEqual([]);
  });

  it('shows a fault without a count until it is cleared', () => {
    const desk = faultDesk();
    const { id } = desk.arm({ kind: 'halt', symbol: 'SPY' });
    for (let time = 0; time < 5; time += 1) expect(desk.take('halt', 'SPY')).toBeDefined();
    expect(desk.list()).toEqual([{ id, fault: { kind: 'halt', symbol: 'SPY' }, shown: 5 }]);
    expect(desk.clear(id)).toBe(1);
    expect(desk.take('halt', 'SPY')).toBeUndefined();
    expect(desk.clear(id)).toBe(0);
  });

  it('shows a fault of one symbol only for that symbol, and a fault of none for any', () => {
    const desk = faultDesk();
    desk.arm({ kind: 'halt', symbol: 'SPY' });
    expect(desk.peek('halt', 'AGG')).toBeUndefined();
    expect(desk.peek('halt')).toBeUndefined();
    expect(desk.peek('halt', 'SPY')).toBeDefined();
    desk.arm({ kind: 'reject' });
    expect(desk.peek('reject', 'AGG')).toBeDefined();
  });

  it('does not use up what is only looked at', () => {
    const desk = faultDesk();
    desk.arm({ kind: 'halt', count: 1 });
    expect(desk.peek('halt')).toBeDefined();
    expect(desk.peek('halt')).toBeDefined();
    expect(desk.take('halt')).toBeDefined();
    expect(desk.peek('halt')).toBeUndefined();
  });

  it('takes the oldest first', () => {
    const desk = faultDesk();
    desk.arm({ kind: 'latency', ms: 1, count: 1 });
    desk.arm({ kind: 'latency', ms: 2, count: 1 });
    expect(desk.take('latency')?.ms).toBe(1);
    expect(desk.take('latency')?.ms).toBe(2);
  });

  it('shows a fault of a route only there', () => {
    const desk = faultDesk();
    desk.arm({ kind: 'server-error', route: 'POST /v2/orders' });
    const shows = (method: string, path: string) => desk.takeFor('server-error', { method, path }) !== undefined;
    expect(shows('GET', '/v2/orders')).toBe(false);
    expect(shows('POST', '/v2/positions')).toBe(false);
    expect(shows('POST', '/v2/orders')).toBe(true);
    expect(shows('POST', '/v2/orders/1')).toBe(true);
  });

  it('clears everything at once', () => {
    const desk = faultDesk();
    desk.arm({ kind: 'halt' });
    desk.arm({ kind: 'reject' });
    expect(desk.clear()).toBe(2);
    expect(desk.list()).toEqual([]);
  });
});
