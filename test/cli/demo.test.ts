// The demo as its user runs it: a process, a working folder, and a power cut now and then.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoSummary } from '../../cli/demo/demo-summary.ts';
import type { SessionReport } from '../../cli/demo/session-report.ts';
import { type Ended, logOf, root, runEvenkeel, startEvenkeel, stateFolder, until } from './child.ts';

type Document = DemoSummary & { readonly sessions: readonly SessionReport[] };

/** Three month-ends: the first buys everything, the others sell and buy. */
const THREE = ['demo', '--to', '2004-10-29'];
const etfPrices = join(root, '..', 'shared', 'data', 'prices', 'etf37');
const withoutEtf = existsSync(etfPrices) ? '' : ' (skipped: ../shared/data/prices/etf37 is absent)';

let above = '';
beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'evenkeel-demo-'));
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

function workingFolder(): string {
  return mkdtempSync(join(above, 'work-'));
}

function documentOf({ code, out, err }: Ended): Document {
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Document;
}

/** "id quantity filled" of every order, in the order of the sessions. */
function ordersOf({ sessions }: Document): readonly string[] {
  return sessions.flatMap(({ orders }) =>
    orders.map(({ clientOrderId, quantity, filledQuantity }) => `${clientOrderId} ${quantity} ${filledQuantity}`),
  );
}

/** Shares that filled, by session, side and symbol. */
function tradedIn({ sessions }: Document): ReadonlyMap<string, number> {
  const traded = new Map<string, number>();
  for (const { date, orders } of sessions) {
    for (const { side, symbol, filledQuantity } of orders) {
      const leg = `${date} ${side} ${symbol}`;
      traded.set(leg, (traded.get(leg) ?? 0) + Number(filledQuantity));
    }
  }
  return traded;
}

function countIn(folder: string, message: string): number {
  return logOf(folder).filter((line) => line === message).length;
}

describe('evenkeel demo', () => {
  let folder = '';
  let first: Document;
  beforeAll(async () => {
    folder = workingFolder();
    first = documentOf(await runEvenkeel([...THREE, '--json'], folder));
  });

  it('trades, and answers one document with every session', () => {
    expect(first.sessions.map(({ date }) => date)).toEqual(['2004-08-31', '2004-09-30', '2004-10-29']);
    expect(first).toMatchObject({ runs: 3, runsDoneBefore: 0, unexplained: 0, refused: 0 });
    expect(first.ordersSent).toBe(ordersOf(first).length);
    for (const { driftBefore, driftAfter, orders, residuals } of first.sessions) {
      expect(orders.length).toBeGreaterThan(0);
      expect(residuals).toEqual([]);
      // Whole shares of five stocks in $ 100 000: no share price is above 0.3 % of the account.
      expect(driftAfter).toBeLessThan(0.003);
      expect(driftAfter).toBeLessThan(driftBefore ?? 0);
    }
    // All cash, with a fifth of the 99 % outside the reserve wanted in each stock.
    expect(first.sessions[0]?.driftBefore).toBe(0.198);
  });

  it('keeps its state under .evenkeel in the working folder, and nothing else', () => {
    expect(stateFolder(folder)).toMatch(/\.evenkeel\/demo-[0-9a-f]{8}$/);
  });

  it('finds every session done the second time, and sends no order', async () => {
    const { code, out } = await runEvenkeel(THREE, folder);
    expect(code).toBe(0);
    expect(out).toContain('Runs         3, of which 3 had ended before; refused 0.');
    expect(out).toContain(`Orders       0 sent now, ${first.ordersEver} in all;`);
    expect(out).toContain('Every session is already rebalanced. No order was sent.');
    // Progress is for terminals: a pipe gets no control characters.
    expect(out).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('goes on with a longer range in the same account', async () => {
    const { sessions, runsDoneBefore, ordersSent } = documentOf(await runEvenkeel(['demo', '--to', '2004-11-30', '--json'], folder));
    expect(runsDoneBefore).toBe(3);
    expect(sessions.slice(0, 3)).toEqual(first.sessions);
    expect(ordersSent).toBe(sessions[3]?.orders.length);
  });

  it('starts over with --fresh, to the very same end', async () => {
    expect(documentOf(await runEvenkeel([...THREE, '--json', '--fresh'], folder))).toEqual(first);
  });

  it('finishes what was killed again and again, with what an undisturbed run trades, and no order twice', async () => {
    const killed = workingFolder();
    // Each start is killed when it has got as far as this, counted from its own beginning.
    const moments: readonly (readonly [string, number])[] = [
      ['plan made', 1],
      ['order submitted', 2],
      ['run ended', 1],
      ['order submitted', 1],
      ['broker exchange', 14],
    ];
    for (const [message, count] of moments) {
      const before = countIn(killed, message);
      const child = startEvenkeel([...THREE, '--json'], killed);
      await until(() => countIn(killed, message) >= before + count, child);
      child.process.kill('SIGKILL');
      expect(await child.ended, `killed at ${message} ${count}`).toMatchObject({ signal: 'SIGKILL', out: '' });
    }
    const last = documentOf(await runEvenkeel([...THREE, '--json'], killed));
    // Every order that the exchange ever took is on record, once.
    const ids = last.sessions.flatMap(({ orders }) => orders.map(({ clientOrderId }) => clientOrderId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(last.ordersEver);
    // An order that was to be sent when the process died is sent two seconds later, at another price by a cent: so a
    // later plan may differ by a share. The first was frozen before anything was killed.
    const [bought, other] = [tradedIn(last), tradedIn(first)];
    expect([...bought.keys()]).toEqual([...other.keys()]);
    for (const [leg, shares] of bought) {
      expect(Math.abs(shares - (other.get(leg) ?? 0)), leg).toBeLessThanOrEqual(leg.startsWith('2004-08') ? 0 : 1);
    }
    expect(last.sessions.map(({ ending }) => ending)).toEqual(['completed', 'completed', 'completed']);
  }, 60_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops after its turn at %s, and goes on when asked again',
    async (signal) => {
      const stopped = workingFolder();
      const child = startEvenkeel(THREE, stopped);
      await until(() => countIn(stopped, 'order submitted') > 0, child);
      child.process.kill(signal);
      const { code, out, err } = await child.ended;
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('Stopping after this turn …');
      expect(err).toMatch(/error: stopped after \d of 3 sessions; run the same command to go on\n$/);
      const last = documentOf(await runEvenkeel([...THREE, '--json'], stopped));
      expect(ordersOf(last)).toEqual(ordersOf(first));
      expect(last.ordersEver).toBe(first.ordersEver);
    },
    30_000,
  );

  it('refuses to work beside another in the same folder, or to pull it from under it', async () => {
    const shared = workingFolder();
    const child = startEvenkeel([...THREE, '--json'], shared);
    await until(() => countIn(shared, 'order submitted') > 0, child);
    // Held in mid-run, so that nothing depends on who is faster.
    child.process.kill('SIGSTOP');
    for (const args of [THREE, [...THREE, '--fresh']]) {
      const { code, out, err } = await runEvenkeel(args, shared);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('error: another evenkeel is working in .evenkeel/demo-');
      expect(err).not.toContain('    at ');
    }
    child.process.kill('SIGCONT');
    expect(ordersOf(documentOf(await child.ended))).toEqual(ordersOf(first));
  }, 30_000);
});

describe.skipIf(withoutEtf !== '')(`evenkeel demo on daily prices of funds${withoutEtf}`, () => {
  it('leaves every session of two years inside the band, or says why not', async () => {
    const portfolio = join(root, 'portfolios', 'golden-butterfly.yaml');
    const range = ['--from', '2019-01-01', '--to', '2020-12-31'];
    const document = documentOf(
      await runEvenkeel(['demo', '--prices', etfPrices, '--portfolio', portfolio, ...range, '--json'], workingFolder()),
    );
    expect(document.sessions).toHaveLength(24);
    for (const { date, driftAfter, residuals, skipped, orders, ending } of document.sessions) {
      expect(ending, date).toMatch(/^(?:completed|nothing-to-trade)/);
      // The band of a fifth is five points, absolutely and relatively.
      if ((driftAfter ?? 1) > 0.05) expect([...residuals, ...skipped].map(({ reason }) => reason).join(), date).not.toBe('');
      for (const { reason } of [...residuals, ...skipped]) expect(reason, date).toMatch(/^[a-z-]+$/);
      expect(Array.isArray(orders)).toBe(true);
    }
    // March 2020 is the one that must have traded.
    expect(document.sessions.find(({ date }) => date === '2020-03-31')?.orders.length).toBeGreaterThan(0);
  }, 30_000);
});
