// What a new release is asked before it is let in, over the real adapters: it makes its plan and leaves nothing behind.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dryRunHandler } from '../../lambdas/signal/dry-run-handler.ts';
import { isDryRun } from '../../shared/contracts/events.ts';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { dryRun } from '../../shared/workflow/dry-run.ts';
import { aHalt } from '../builders/halt.ts';
import { aWorld, DAY, type EmbeddedDay, RUN_ID, removeFolder } from './a-world.ts';

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld();
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

const EVENT = { kind: 'dry-run', portfolio: 'pair' };

function portsOf(each: EmbeddedDay) {
  return each.world.portsFor(each.source.policy, RUN_ID);
}

describe('a dry run', () => {
  it('passes where a run would trade, and trades nothing, records nothing and tells nobody', async () => {
    expect(await dryRunHandler(() => day.world)(EVENT)).toEqual({ verdict: 'passed', detail: 'execute' });
    expect(day.orders()).toEqual([]);
    expect(await day.notices()).toEqual([]);
    expect(day.world.engine.take()).toBeUndefined();
    const { runStore, ledgers, highWaterMarks } = portsOf(day);
    expect(await runStore.list('pair', 10)).toEqual([]);
    expect(await ledgers.load('pair')).toBeUndefined();
    expect(await highWaterMarks.read('pair')).toBeUndefined();
    // The run of the day is as it would have been.
    expect(await day.signal()).toEqual({ kind: 'handed-over', runId: RUN_ID });
  });

  it('is made for the next session once the exchange has closed', async () => {
    day.goTo(Date.parse(`${DAY}T20:00:00Z`) + 30 * MINUTE_MS);
    const asked: string[] = [];
    const ports = portsOf(day);
    const broker = {
      ...readsOf(day),
      calendar: async (from: NewYorkDate, to: NewYorkDate) => {
        asked.push(from);
        return ports.broker.calendar(from, to);
      },
    };
    expect((await dryRun(day.source, { ...ports, broker })).verdict).toBe('passed');
    expect(asked).toEqual(['2019-03-15']);
  });

  it('passes while the kill switch is on: that is no fault of the release', async () => {
    await portsOf(day).killSwitch.turnOn(undefined, aHalt());
    expect((await dryRunHandler(() => day.world)(EVENT)).verdict).toBe('passed');
  });

  it('fails where no run of this release could ever start: the account is another one', async () => {
    const number = { ...day.source, policy: { ...day.source.policy, account: { ...day.source.policy.account, number: 'PA0' } } };
    const result = await dryRun(number, portsOf(day));
    expect(result).toEqual({ verdict: 'failed', detail: expect.stringMatching(/^account-mismatch: the portfolio file names account PA0/) });
  });

  it('throws when the broker cannot be asked, such as for want of keys', async () => {
    const ports = portsOf(day);
    const broker = { ...readsOf(day), account: () => Promise.reject(new Error('no keys')) };
    await expect(dryRun(day.source, { ...ports, broker })).rejects.toThrow('no keys');
  });

  it('fails when one look at the world gives two plans', async () => {
    let asked = 0;
    const source = {
      policy: day.source.policy,
      // A release that decides by something else than what it sees: here, by how often it was asked.
      get text() {
        asked += 1;
        return `${day.source.text}# ${asked}`;
      },
    };
    const result = await dryRun(source, portsOf(day));
    expect(result).toEqual({ verdict: 'failed', detail: expect.stringMatching(/^the same world gave /) });
  });
});

function readsOf({ world, source }: EmbeddedDay) {
  const { broker } = world.portsFor(source.policy, RUN_ID);
  return {
    capabilities: broker.capabilities,
    account: () => broker.account(),
    positions: () => broker.positions(),
    openOrders: () => broker.openOrders(),
    orderByClientOrderId: broker.orderByClientOrderId.bind(broker),
    submit: broker.submit.bind(broker),
    cancel: broker.cancel.bind(broker),
    calendar: broker.calendar.bind(broker),
    assets: broker.assets.bind(broker),
    activities: broker.activities.bind(broker),
  };
}

describe('the event of a dry run', () => {
  it('is told from that of a schedule', () => {
    expect(isDryRun(EVENT)).toBe(true);
    expect(isDryRun({ ...EVENT, portfolio: '../x' })).toBe(false);
    expect(isDryRun(day.event())).toBe(false);
  });
});
