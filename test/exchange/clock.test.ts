import { describe, expect, it } from 'vitest';
import { ClockError, runningClock, virtualClock } from '../../exchange/clock.ts';

describe('virtualClock', () => {
  it('stands still until it is moved', () => {
    const clock = virtualClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    clock.set(2_000);
    expect(clock.now()).toBe(2_000);
    clock.set(2_000);
    expect(clock.now()).toBe(2_000);
  });

  it('refuses to go back', () => {
    const clock = virtualClock(1_000);
    expect(() => clock.set(999)).toThrow(
      new ClockError('the exchange is at 1970-01-01T00:00:01.000Z and cannot go back to 1970-01-01T00:00:00.999Z'),
    );
    expect(() => clock.advance(-1)).toThrow(ClockError);
    expect(clock.now()).toBe(1_000);
  });

  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 9e15])('refuses %s, which is no instant', (at) => {
    expect(() => virtualClock(at)).toThrow(ClockError);
    expect(() => virtualClock(0).set(at)).toThrow(ClockError);
  });
});

describe('runningClock', () => {
  it('runs with the time around it, and can be moved on', () => {
    let elapsed = 5_000.25;
    const clock = runningClock(1_000, () => elapsed);
    elapsed += 250.5;
    expect(clock.now()).toBe(1_250);
    clock.advance(60_000);
    expect(clock.now()).toBe(61_250);
    clock.set(100_000);
    elapsed += 100;
    expect(clock.now()).toBe(100_100);
    expect(() => clock.set(100_099)).toThrow(ClockError);
  });

  it('runs by itself', () => {
    const clock = runningClock(1_000);
    expect(clock.now()).toBeGreaterThanOrEqual(1_000);
    expect(clock.now()).toBeLessThan(60_000);
  });
});
