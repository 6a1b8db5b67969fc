// After the close of a session: whatever is not as it should be is found and told, nothing is traded, and one check that fails
// stops no other.
import { beforeEach, describe, expect, it } from 'vitest';
import { alertOf } from '../../../shared/contracts/alerts.ts';
import { measureNames, metricNames } from '../../../shared/contracts/metric-names.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/core/values/time.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { BrokerError, StoreError } from '../../../shared/ports/outside-error.ts';
import { runWatchdog } from '../../../shared/workflow/watchdog-run.ts';
import { aHalt } from '../../builders/halt.ts';
import { AFTER, Watch, wrapped } from './watch.ts';
import { aClaim, aPolicy, CLOSE, RUN_ID } from './workflow-world.ts';

const SESSION = '2026-11-20';

let watch: Watch;
beforeEach(() => {
  watch = new Watch();
});

describe('a session that went well', () => {
  it('has nothing to look at, and a digest that says what was traded, why, and what it cost', async () => {
    await watch.rebalance();
    expect(await watch.found()).toEqual([]);
    const digest = await watch.digest();
    // 58 SPY and 39 TLT of 10,000 dollars at 100 dollars, and 300 in cash.
    expect(digest).toContain('Account: $10000.00, of which $300.00 in cash.');
    expect(digest).toContain(`Run ${RUN_ID}: completed. 2 trades filled`);
    expect(digest).toContain('why: core every-run');
    expect(digest).toContain('sold 22 SPY at $100.00');
    expect(digest).toContain('bought 39 TLT at $100.00');
    expect(digest).toContain('drift: 39.2% before, 0.8% after');
    expect(digest).toMatch(/cost: delay \$0\.00, execution \$0\.00/);
    expect(digest).toContain('Next run: daily, 2026-11-23T20:35:00.000Z.');
  });

  it('has the heads of its record and its ledger in the digest, for whoever keeps it outside the store', async () => {
    await watch.rebalance();
    await watch.watch();
    const record = await watch.record();
    const ledger = await watch.ledgers.load('balanced');
    const [digest] = await watch.digests.latest('balanced', 1);
    expect(digest?.anchors).toEqual({
      runs: [{ runId: RUN_ID, version: record.version, head: record.artifacts.outcome }],
      ledger: { version: ledger?.version, head: ledger?.head },
    });
    expect(digest?.text).toContain(`${RUN_ID} version ${record.version}, ${record.artifacts.outcome}`);
    expect(digest?.text).toContain(`ledger version ${ledger?.version}, ${ledger?.head}`);
  });

  it('names whoever let its run trade without what it needed, though the file of the evening has taken it out', async () => {
    const live = (override: object) => aPolicy({ account: { name: 'main', mode: 'live', number: 'PA1', ...override } });
    const morning = live({ override: { by: 'anna', reason: 'a first order, watched by hand' } });
    const day = new Watch(morning);
    await day.rebalance();
    day.source = { ...day.source, policy: live({}) };
    await day.watch();
    expect(await day.digest()).toContain('\nlive without what it needs, by anna: a first order, watched by hand\n');
  });

  it('is measured: the heartbeat, what the account is worth, and how far below its mark', async () => {
    await watch.rebalance();
    await watch.watch();
    expect(watch.telemetry.counts.get(metricNames.watchdogHeartbeat)).toBe(1);
    expect(watch.telemetry.measured).toContainEqual({ metric: measureNames.equityUsd, value: 10_000, portfolio: 'balanced' });
    expect(watch.telemetry.measured).toContainEqual({ metric: measureNames.drawdownPercent, value: 0, portfolio: 'balanced' });
  });

  it('is told to its owner as information, unless he wants no digest', async () => {
    await watch.rebalance();
    await watch.watch();
    expect(watch.notifier.notices.at(-1)).toMatchObject({
      severity: 'info',
      code: 'daily-digest',
      portfolio: 'balanced',
      session: SESSION,
    });
    const quiet = new Watch(aPolicy({ notify: { email: [], digest: 'none' } }));
    await quiet.rebalance();
    await quiet.watch();
    expect(quiet.notifier.notices).toEqual([]);
    expect(await quiet.digest()).toContain('Account: $10000.00');
  });

  it('may be watched twice: nothing is done or kept twice', async () => {
    await watch.rebalance();
    await watch.watch();
    const version = (await watch.ledgers.load('balanced'))?.version;
    await watch.watch();
    expect((await watch.ledgers.load('balanced'))?.version).toBe(version);
    expect(await watch.digests.latest('balanced', 10)).toHaveLength(1);
  });

  it('sends nothing to the broker', async () => {
    await watch.rebalance();
    const [arrived, canceled] = [watch.broker.arrived.length, watch.broker.canceled.length];
    await watch.watch();
    expect([watch.broker.arrived.length, watch.broker.canceled.length]).toEqual([arrived, canceled]);
  });
});

describe('a cron that is not the real one', () => {
  it.each([
    ['a Thanksgiving', Date.UTC(2026, 10, 26, 21, 45), 'not-a-session'],
    ['a Saturday', Date.UTC(2026, 10, 21, 21, 45), 'not-a-session'],
    ['an early hour of a regular day', Date.UTC(2026, 10, 20, 18, 45), 'not-closed'],
    ['the regular hour of a day that closed early', Date.UTC(2026, 10, 27, 21, 45), 'other-close'],
  ])('is quiet on %s, says why in the log, and its heart beats', async (_, at, because) => {
    expect(await watch.watch(at)).toEqual({ kind: 'quiet', because });
    expect(watch.notifier.notices).toEqual([]);
    expect(watch.telemetry.lines).toContainEqual(
      expect.objectContaining({ message: 'nothing to watch', fields: expect.objectContaining({ because }) }),
    );
    expect(watch.telemetry.counts.get(metricNames.watchdogHeartbeat)).toBe(1);
  });

  it('is the early one on a day that closes early', async () => {
    expect(await watch.watch(Date.UTC(2026, 10, 27, 18, 45))).toMatchObject({ kind: 'watched', session: '2026-11-27' });
  });

  it('fails where the calendar ends, and where our clock says that the session is not over', async () => {
    await expect(watch.watch(Date.UTC(2031, 0, 2, 21, 45))).rejects.toThrow('the calendar does not know');
    watch = new Watch();
    watch.now = CLOSE - HOUR_MS;
    const event = { kind: 'watchdog', scheduledTime: new Date(AFTER).toISOString() } as const;
    await expect(runWatchdog(event, watch.world)).rejects.toThrow('our clock says 2026-11-20T20:00:00.000Z');
    expect(watch.telemetry.counts.get(metricNames.watchdogHeartbeat)).toBeUndefined();
  });
});

describe('a run that was due', () => {
  it('and is not on record is missing', async () => {
    expect(await watch.found()).toEqual(['run-missing']);
    expect(watch.notifier.notices[0]).toMatchObject({
      severity: 'page',
      runId: RUN_ID,
      session: SESSION,
      stake: 'the account is worth $10000.00',
    });
    expect(await watch.digest()).toContain(
      'What was due is missing: nothing was traded.\n\nTo look at:\n  balanced/2026-11-20/daily is missing (run-missing)',
    );
  });

  it('and was only claimed has not ended', async () => {
    await watch.runStore.claim(aClaim('daily', SESSION));
    expect(await watch.found()).toEqual(['run-not-ended']);
  });

  it('and executes still has not ended, and its trades are named', async () => {
    watch.broker.answer = (intent) => watch.broker.take(intent);
    await watch.signal();
    await watch.advance();
    // The day order that nobody follows any more is a stray.
    expect(await watch.found()).toEqual(['run-not-ended', 'stray-orders']);
    expect(watch.notifier.notices[0]?.body).toContain('sell SPY, buy TLT');
  });

  it('and waits for a yes that can come no more was missed', async () => {
    const [schedule] = aPolicy().schedules;
    if (schedule === undefined) throw new Error('no schedule');
    watch = new Watch(aPolicy({ schedules: [{ ...schedule, approve: true }] }));
    await watch.signal();
    expect(await watch.found()).toEqual(['approval-missed']);
  });

  it('and was refused is there: it told its owner itself', async () => {
    watch.broker.isBlocked = true;
    await watch.signal();
    expect(await watch.found()).toEqual([]);
    expect(await watch.digest()).toContain('refused, account-blocked');
  });

  it('in an earlier session and executes still is told in every session', async () => {
    watch.broker.answer = (intent) => watch.broker.take(intent);
    await watch.signal();
    const monday = AFTER + 3 * DAY_MS;
    await watch.watch(monday);
    expect(watch.notifier.notices.map(({ code, runId }) => `${code} ${runId ?? ''}`)).toContain(`run-not-ended ${RUN_ID}`);
    expect(watch.notifier.notices.map(({ code, runId }) => `${code} ${runId ?? ''}`)).toContain('run-missing balanced/2026-11-23/daily');
  });

  it('on the schedule of another day is not missed', async () => {
    const [schedule] = aPolicy().schedules;
    if (schedule === undefined) throw new Error('no schedule');
    watch = new Watch(aPolicy({ schedules: [{ ...schedule, every: 'month' }] }));
    expect(await watch.found()).toEqual([]);
    expect(await watch.digest()).toContain('Nothing was due, and nothing was traded.');
  });
});

describe('the ledger', () => {
  it('that the account does not match is told, with what was expected and found', async () => {
    await watch.rebalance();
    watch.broker.tradeByHand('SPY', 'sell', shares('3'));
    expect(await watch.found()).toEqual(['reconciliation-difference']);
    expect(watch.notifier.notices[0]).toMatchObject({ severity: 'page' });
    expect(watch.notifier.notices[0]?.body).toContain('SPY: expected 58, found 55');
  });

  it('is not opened before the first run has looked at the account', async () => {
    await watch.watch();
    expect(await watch.ledgers.load('balanced')).toBeUndefined();
  });
});

describe('the audit chain', () => {
  it.each([
    ['missing', `plan of ${RUN_ID} is missing: nothing is stored as `, () => undefined],
    [
      'edited',
      `plan of ${RUN_ID} is edited: its bytes are not those of its hash`,
      (text: string) => text.replace('"equity":"', '"equity":"1'),
    ],
  ])('with an artifact that is %s is broken', async (_, fault, change) => {
    await watch.rebalance();
    const { plan } = (await watch.record()).artifacts;
    watch.spoil = (ports) => ({
      ...ports,
      artifacts: {
        put: (hash, text) => ports.artifacts.put(hash, text),
        get: async (hash) => {
          const text = await ports.artifacts.get(hash);
          return hash === plan && text !== undefined ? change(text) : text;
        },
      },
    });
    expect(await watch.found()).toEqual(['audit-chain-broken']);
    expect(watch.notifier.notices[0]).toMatchObject({ severity: 'page', runId: RUN_ID, body: expect.stringContaining(fault) });
    expect(await watch.digest()).toContain(`Run ${RUN_ID}: completed`);
  });

  it('of which a record names another artifact than was made is broken', async () => {
    await watch.rebalance();
    const record = await watch.record();
    const { decision, ...others } = record.artifacts;
    await watch.runStore.save({ ...record, version: record.version + 1, artifacts: { ...others, plan: record.artifacts.plan ?? '' } });
    expect(await watch.found()).toEqual(['audit-chain-broken']);
    expect(watch.notifier.notices[0]?.body).toBe(
      `decision of ${RUN_ID} is missing: the record names none; plan of ${RUN_ID} is reordered: it was made after another one than the record names.`,
    );
    expect(decision).toBeDefined();
  });
});

describe('how a portfolio stands', () => {
  it('is told while a kill switch is on: by whom, since when and why', async () => {
    await watch.rebalance();
    await watch.killSwitch.turnOn('balanced', aHalt({ reason: 'a drill', by: 'ann', at: CLOSE }));
    expect(await watch.found()).toEqual(['kill-switch-on']);
    expect(watch.notifier.notices[0]?.body).toContain('Turned on by ann at 2026-11-20T21:00:00.000Z: a drill.');
  });

  it('is told when its breaker is above normal after the close, before any run acts on it', async () => {
    const losses = { caution: percent('5%'), restricted: percent('10%'), stopped: percent('20%') };
    watch = new Watch(aPolicy({ limits: { ...aPolicy().limits, breaker: { drawdown: losses } } }));
    await watch.rebalance();
    watch.broker.cash -= usd('1200');
    watch.broker.transfer(usd('0'), CLOSE);
    expect(await watch.found()).toEqual(['breaker-level']);
    expect(watch.notifier.notices[0]?.body).toContain('12% below the high-water mark of $10000.00');
    expect(await watch.highWaterMarks.read('balanced')).toMatchObject({ level: 'normal' });
    expect(await watch.digest()).toContain('breaker restricted');
  });

  it('is not judged by what another account is worth, nor measured by it', async () => {
    const losses = { caution: percent('5%'), restricted: percent('10%'), stopped: percent('20%') };
    watch = new Watch(aPolicy({ limits: { ...aPolicy().limits, breaker: { drawdown: losses } } }));
    await watch.rebalance();
    const before = watch.telemetry.measured.length;
    watch.broker.accountNumber = 'PA2';
    watch.broker.cash -= usd('1200');
    expect(await watch.found()).toEqual(['reconciliation-difference']);
    expect(watch.telemetry.measured.slice(before)).toEqual([]);
    expect(await watch.digest()).not.toContain('high-water mark');
  });

  it('is told when it was left far from its targets', async () => {
    watch.broker.answer = (intent) =>
      intent.side === 'buy' ? { kind: 'rejected', code: 'x', message: 'no' } : watch.broker.takeAndFill(intent);
    await watch.rebalance();
    expect(await watch.found()).toEqual(['residual-above-limit']);
    expect(watch.notifier.notices.at(-2)).toMatchObject({ severity: 'page', body: 'TLT is 0% of the portfolio and should be 39.2%.' });
  });

  it('is told when quotes kept it from trading', async () => {
    watch.quotes = (symbol) => (symbol === 'TLT' ? undefined : { symbol, bid: usd('99.99'), ask: usd('100.01'), at: watch.now });
    await watch.rebalance();
    expect(await watch.found()).toContain('stale-quotes');
    expect(watch.notifier.notices.find(({ code }) => code === 'stale-quotes')?.body).toContain('TLT (quote-missing)');
  });
});

describe('what a portfolio depends on', () => {
  it.each([
    [90, []],
    [91, ['secret-old']],
  ])('is keys of %i days', async (days, codes) => {
    await watch.rebalance();
    watch.keysSince = AFTER - days * DAY_MS;
    expect(await watch.found()).toEqual(codes);
  });

  it.each([
    [5_000, []],
    [-5_000, []],
    [5_001, ['clock-skew']],
    [-600_000, ['clock-skew']],
  ])('is a broker whose clock is %i ms off', async (skewMs, codes) => {
    await watch.rebalance();
    watch.skewMs = skewMs;
    expect(await watch.found()).toEqual(codes);
  });

  it('is closes: those of the session before must be there', async () => {
    await watch.rebalance();
    const { ports } = watch;
    const without = async (...asked: Parameters<typeof ports.marketData.dailyBars>) =>
      (await ports.marketData.dailyBars(...asked)).map((series) =>
        series.symbol === 'TLT' ? { ...series, bars: series.bars.slice(0, -2) } : series,
      );
    watch.spoil = (each) => ({ ...each, marketData: { dailyBars: without } });
    expect(await watch.found()).toEqual(['stale-closes']);
    expect(watch.notifier.notices[0]?.body).toBe('No close of 2026-11-19 or later: TLT (last on 2026-11-18).');
  });
});

/** A broker of which some calls are another's. */
describe('a check that fails', () => {
  const timeout = new BrokerError('no answer', { effect: 'none', code: 'timeout' });

  it('is told, and stops no other: with the broker down the missing run is found all the same', async () => {
    const fail = () => Promise.reject(timeout);
    watch.spoil = (ports) => ({
      ...ports,
      broker: wrapped(ports.broker, { account: fail, openOrders: fail }),
      brokerClock: { read: fail },
    });
    watch.keysSince = 0;
    expect(await watch.found()).toEqual(['run-missing', 'secret-old', 'watchdog-blind']);
    const blind = watch.notifier.notices.find(({ code }) => code === 'watchdog-blind');
    expect(blind?.body).toBe("Not checked: the account: timeout; stray orders: timeout; the broker's clock: timeout.");
    expect(await watch.digest()).toContain('Account: the broker did not answer.');
    expect(watch.telemetry.counts.get(metricNames.watchdogHeartbeat)).toBe(1);
  });

  it('because the circuit to the broker is open says so', async () => {
    const open = new BrokerError('not sent', { effect: 'none', code: 'breaker-open' });
    watch.spoil = (ports) => ({ ...ports, brokerClock: { read: () => Promise.reject(open) } });
    expect(await watch.found()).toContain('broker-circuit-open');
  });

  it.each(['runStore', 'ledgers', 'killSwitch', 'highWaterMarks', 'artifacts', 'keyAges', 'marketData'] as const)(
    'because %s is out of reach leaves the digest and every other check',
    async (port) => {
      await watch.rebalance();
      const gone = new StoreError('out of reach', { effect: 'none', code: 'connection' });
      watch.spoil = (ports) => ({ ...ports, [port]: new Proxy(ports[port], { get: () => () => Promise.reject(gone) }) });
      expect(await watch.found()).toEqual(['watchdog-blind']);
      expect(await watch.digest()).toContain('Not checked:\n');
    },
  );

  it('for a reason of our own fails the watchdog, after everything else was done', async () => {
    watch.spoil = (ports) => ({ ...ports, keyAges: { keysSince: () => Promise.reject(new TypeError('a defect')) } });
    await expect(watch.watch()).rejects.toThrow('the watchdog failed on 1 portfolios');
    expect(watch.notifier.notices.map(({ code }) => code)).toEqual(['run-missing', 'watchdog-blind', 'daily-digest']);
    expect(watch.telemetry.counts.get(metricNames.watchdogHeartbeat)).toBeUndefined();
  });

  it('to tell fails the watchdog, and every other message is tried', async () => {
    const told: string[] = [];
    watch.spoil = (ports) => ({
      ...ports,
      notifier: {
        notify: async ({ code }) => {
          told.push(code);
          throw new StoreError('no topic', { effect: 'none', code: 'connection' });
        },
      },
    });
    await expect(watch.watch()).rejects.toBeInstanceOf(AggregateError);
    expect(told).toEqual(['run-missing', 'daily-digest']);
    expect(await watch.digest()).toContain('run-missing');
  });
});

describe('every finding', () => {
  it('has the severity of its card', async () => {
    watch.keysSince = 0;
    watch.skewMs = HOUR_MS;
    await watch.watch();
    for (const { code, severity } of watch.notifier.notices) if (severity !== 'info') expect(severity).toBe(alertOf(code)?.severity);
    expect(watch.notifier.notices.map(({ code }) => code)).toEqual(['run-missing', 'secret-old', 'clock-skew', 'daily-digest']);
  });
});
