import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { virtualClock } from '../../exchange/clock.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../shared/core/values/money.ts';
import { type LocalExchange, startLocalExchange } from '../../shared/wiring/local-exchange.ts';
import { type Reply, type ScriptedServer, scriptedServer } from '../shared/adapters/alpaca/scripted-server.ts';
import { type RecordingProxy, recordingProxy } from './recording-proxy.ts';
import { evenkeel, type Spoken } from './spoken.ts';

const KEYS = { keyId: 'CANARYKEY81D2', secretKey: 'canary-secret-3f9c' };

/** A Friday: the exchange closes at 16:00 in New York, 21:00 UTC. */
const CLOSE = Date.parse('2026-11-20T21:00:00Z');
const DATES = sessionsBetween('2026-09-01', '2026-11-20').map(({ date }) => date);

// SPY stands at 100 and ends at 120. TLT pays a tenth on the last day: raw it falls to 90, adjusted it has not moved.
const CLOSES: Readonly<Record<string, (isLast: boolean) => { close: number; adjClose: number }>> = {
  SPY: (isLast) => (isLast ? { close: 120, adjClose: 120 } : { close: 100, adjClose: 100 }),
  TLT: (isLast) => (isLast ? { close: 90, adjClose: 90 } : { close: 100, adjClose: 90 }),
};

const TREND = `strategy: Trend
rebalance: { every: day }
tree:
  if:
    when: { gt: [{ current-price: SPY }, { moving-average-price: [SPY, 10] }] }
    then: { specified: { SPY: 60%, cash: 40% } }
    else: TLT
`;

let folder = '';
let exchange: LocalExchange;
let proxy: RecordingProxy;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-signal-alpaca-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: CLOSE });
  vi.stubEnv('APCA_API_KEY_ID', KEYS.keyId);
  vi.stubEnv('APCA_API_SECRET_KEY', KEYS.secretKey);
  // The shortest of all delays between tries.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const rest = { cash: usd('100000'), seed: 7, spreadBps: 2, accountNumber: 'PA0SIGNAL', port: 0 };
  exchange = await startLocalExchange({ series: seriesOf(), clock: virtualClock(CLOSE), credentials: KEYS, ...rest });
  proxy = await recordingProxy(exchange.url);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await proxy.close();
  await exchange.close();
});

function seriesOf(): DailySeries[] {
  return Object.entries(CLOSES).map(([symbol, closeOf]) => ({
    symbol,
    bars: DATES.map((date) => {
      const { close, adjClose } = closeOf(date === DATES.at(-1));
      return { date, open: close, high: close, low: close, close, adjClose, volume: 1_000_000 };
    }),
  }));
}

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const trend = () => fileOf('trend.yaml', TREND);
const tree = (text: string) => fileOf('tree.yaml', `strategy: Tree\nrebalance: none\ntree: ${text}\n`);
const signal = (file: string, ...more: string[]) => evenkeel(['signal', file, '--data-url', proxy.url, ...more]);

function expectNoKeyIn({ out, err }: Spoken): void {
  for (const key of Object.values(KEYS)) expect(out + err).not.toContain(key);
}

describe('evenkeel signal without --prices', () => {
  it('asks Alpaca, decides on the last finished session and says which', async () => {
    const { code, out, err } = await signal(trend());
    expect([code, err]).toEqual([0, '']);
    // Eleven closes for a mean of ten and its warm-up: the 20th, ten sessions back to the 6th.
    expect(out).toBe(
      [
        'Trend at the close of 2026-11-20, the last finished session',
        `prices of ${new URL(proxy.url).host}, feed iex, from 2026-11-06 on`,
        'decided on closes and traded on 2026-11-23',
        '',
        'symbol  weight',
        'SPY     60.00%',
        'cash    40.00%',
        '',
      ].join('\n'),
    );
  });

  it('says the session and the source in its JSON document', async () => {
    const { code, out } = await signal(trend(), '--json');
    expect(code).toBe(0);
    // Nine closes of 100 and one of 120 have the mean 102.
    expect(JSON.parse(out)).toMatchObject({
      asOf: '2026-11-20',
      anchor: '2026-11-06',
      prices: { kind: 'alpaca', host: new URL(proxy.url).host, feed: 'iex', unknown: [] },
      weights: { SPY: 0.6 },
      cash: expect.closeTo(0.4, 12),
      trace: { steps: [{ reason: { condition: { distance: 18 } } }, {}, {}, {}] },
    });
  });

  it('reads daily bars, raw and adjusted, and touches nothing else', async () => {
    await signal(trend());
    expect(proxy.asked).toEqual(['GET /v2/stocks/bars', 'GET /v2/stocks/bars']);
    expect(proxy.queries.map((query) => [query.get('adjustment'), query.get('symbols'), query.get('timeframe')])).toEqual([
      ['raw', 'SPY,TLT', '1Day'],
      ['all', 'SPY,TLT', '1Day'],
    ]);
    expect(exchange.desk.book.orders.size).toBe(0);
  });

  it('answers as the same closes out of price files do', async () => {
    const prices = join(folder, 'prices');
    mkdirSync(prices, { recursive: true });
    for (const { symbol, bars } of seriesOf()) {
      const rows = bars.map(({ date, close, adjClose }) => `${date},${close},${adjClose}`);
      writeFileSync(join(prices, `${symbol}.csv`), ['date,close,adj_close', ...rows, ''].join('\n'));
    }
    const filter = tree('{ filter: { top: 1, by: { cumulative-return: 5 }, of: [SPY, TLT] } }');
    // Adjusted, TLT has not moved; raw it fell by a tenth.
    const fall = tree('{ if: { when: { lt: [{ cumulative-return: [TLT, 5] }, 0] }, then: SPY, else: TLT } }');
    for (const file of [trend(), filter, fall]) {
      const asked = JSON.parse((await signal(file, '--json')).out);
      const read = JSON.parse((await evenkeel(['signal', file, '--prices', prices, '--as-of', '2026-11-20', '--json'])).out);
      expect([asked.weights, asked.cash, asked.trace]).toEqual([read.weights, read.cash, read.trace]);
    }
  });

  it('reads for a portfolio once, as far back as its sleeves look', async () => {
    const sleeve = (capital: string, strategy: string) => `{ capital: ${capital}, strategy: ${strategy} }`;
    const text = [
      'portfolio: both',
      'schedules: { daily: { at: close-25m, every: day } }',
      'sleeves:',
      `  calm: ${sleeve('50%', '{ inverse-volatility: { window: 2, of: [SPY] } }')}`,
      `  best: ${sleeve('50%', '{ filter: { top: 1, by: { cumulative-return: 9 }, of: [SPY, TLT] } }')}`,
      'limits: { position: 100% }',
      '',
    ].join('\n');
    const { code, out } = await signal(fileOf('both.yaml', text), '--json');
    expect(code).toBe(0);
    // Nine sessions before the 20th is the 9th; of all that is SPY a hundredth stays cash.
    expect(JSON.parse(out)).toMatchObject({ asOf: '2026-11-20', anchor: '2026-11-09', targets: { weights: { SPY: 0.99 }, cash: 0.01 } });
    expect(proxy.queries.map((query) => [query.get('symbols'), query.get('start')])).toEqual([
      ['SPY,TLT', '2026-11-09T05:00:00.000Z'],
      ['SPY,TLT', '2026-11-09T05:00:00.000Z'],
    ]);
  });

  it.each([
    ['before the close, on the session before', CLOSE - 1, 'iex', '2026-11-19'],
    ['on a Sunday, on the Friday', Date.parse('2026-11-22T18:00:00Z'), 'iex', '2026-11-20'],
    ['fifteen minutes after the close, of the consolidated feed, on the session before', CLOSE + 15 * 60_000, 'sip', '2026-11-19'],
    ['sixteen minutes after the close, of the consolidated feed, on that day', CLOSE + 16 * 60_000, 'sip', '2026-11-20'],
  ])('decides %s', async (_, now, feed, asOf) => {
    vi.setSystemTime(now);
    exchange.clock.set(Math.max(now, CLOSE));
    const { code, out } = await signal(trend(), '--feed', feed, '--json');
    expect([code, JSON.parse(out).asOf]).toEqual([0, asOf]);
  });

  it('decides on an earlier session where one is named', async () => {
    // On the 19th SPY stands at its mean.
    const { code, out } = await signal(trend(), '--as-of', '2026-11-19');
    expect(code).toBe(0);
    expect(out).toContain('Trend at the close of 2026-11-19\n');
    expect(out).toContain('TLT     100.00%\ncash      0.00%\n');
  });

  it('tells whoever watches a terminal what it waits for, and takes it away', async () => {
    const { err } = await evenkeel(['signal', trend(), '--data-url', proxy.url], { color: true });
    expect(err).toBe(`\r\u001b[2Kasking ${new URL(proxy.url).host} for daily bars of 2 symbols …\r\u001b[2K`);
  });
});

describe('a symbol that Alpaca does not know', () => {
  it('is named, where the decision does without it too', async () => {
    const { code, out, err } = await signal(
      tree('{ filter: { top: 1, by: { cumulative-return: 5 }, of: [SPY, NOSUCH] } }'),
      '--as-of',
      '2026-11-20',
    );
    expect(code).toBe(0);
    expect(out).toContain('SPY     100.00%');
    expect(err).toContain('has no bars of NOSUCH from 2026-11-13 to 2026-11-20: does it know them?\n');
  });

  it('is why there are no weights where it is held', async () => {
    const { code, out } = await signal(tree('{ equal: [SPY, NOSUCH] }'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'undefined-data',
        message: expect.stringMatching(/NOSUCH close is undefined on 2026-11-20: .* has no bars of NOSUCH$/),
      },
      prices: { unknown: ['NOSUCH'] },
      weights: null,
    });
  });

  it('is not asked for where it is no name of a share', async () => {
    const { code, err } = await signal(tree('{ equal: [SPY, DOGECOINUSD] }'));
    expect(code).toBe(1);
    expect(err).toContain('has no bars of DOGECOINUSD from');
    expect(proxy.queries.map((query) => query.get('symbols'))).toEqual(['SPY', 'SPY']);
  });
});

describe('the keys', () => {
  it.each([
    ['both', { APCA_API_KEY_ID: undefined, APCA_API_SECRET_KEY: undefined }, 'neither is set'],
    ['the secret', { APCA_API_SECRET_KEY: '' }, 'APCA_API_SECRET_KEY is not set'],
    ['the id', { APCA_API_KEY_ID: '' }, 'APCA_API_KEY_ID is not set'],
  ])('are asked for by name where %s is missing', async (_, environment, which) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { code, out, err } = await signal(trend());
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      `error: signal asks Alpaca with the keys in APCA_API_KEY_ID and APCA_API_SECRET_KEY, and ${which}; with --prices <folder> it needs none\n`,
    );
    expect(proxy.asked).toEqual([]);
  });

  it('are refused unsent where a line end was copied along', async () => {
    vi.stubEnv('APCA_API_SECRET_KEY', `${KEYS.secretKey}\n`);
    const spoken = await signal(trend(), '--verbose');
    expect(spoken.code).toBe(2);
    expect(spoken.err).toContain('APCA_API_SECRET_KEY holds a blank or another character that no key has');
    expectNoKeyIn(spoken);
    expect(proxy.asked).toEqual([]);
  });

  it.each([[[]], [['--json']], [['--verbose']], [['--json', '--verbose', '--explain']]])(
    'that are wrong end with exit 1, and are shown nowhere (%j)',
    async (flags) => {
      vi.stubEnv('APCA_API_KEY_ID', 'CANARYKEYOTHER');
      const spoken = await signal(trend(), ...flags);
      expect(spoken.code).toBe(1);
      expect(spoken.out + spoken.err).toContain('refused the keys in APCA_API_KEY_ID and APCA_API_SECRET_KEY (401)');
      expect(spoken.out + spoken.err).not.toContain('CANARYKEYOTHER');
      expectNoKeyIn(spoken);
      expect(proxy.asked).toEqual(['GET /v2/stocks/bars']);
    },
  );

  it('are not repeated where the answer repeats them', async () => {
    const body = { message: `forbidden. ${KEYS.keyId} ${KEYS.secretKey} \u001b[2J` };
    const spoken = await onServer(() => ({ status: 403, body }), trend(), '--verbose', '--feed', 'sip');
    expect(spoken.code).toBe(1);
    expect(spoken.err).toContain('the broker refused with 403: forbidden. [redacted] [redacted]');
    expect(spoken.err).toContain('may not read these prices, or not from the feed sip');
    expectNoKeyIn(spoken);
  });

  it.each([
    ['http://data.alpaca.markets', 'data.alpaca.markets must be reached over https'],
    ['http://127.0.0.1.example.com', '127.0.0.1.example.com must be reached over https'],
    ['ftp://127.0.0.1', '127.0.0.1 must be reached over https'],
    ['https://me:canary-word@data.alpaca.markets', 'the address of data.alpaca.markets is only a host'],
    ['https://data.alpaca.markets/v2', 'the address of data.alpaca.markets is only a host'],
    ['data.alpaca.markets', 'the address is not one'],
  ])('never go to %s', async (url, why) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const { code, err } = await evenkeel(['signal', trend(), '--data-url', url]);
    expect(code).toBe(2);
    expect(err).toContain(`--data-url: ${why}`);
    expect(err).not.toContain('canary-word');
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('Alpaca that does not answer', () => {
  it('is tried five times, which is said', async () => {
    const closed = await scriptedServer(() => ({}));
    await closed.close();
    const { code, out, err } = await evenkeel(['signal', trend(), '--data-url', closed.url]);
    expect([code, out]).toEqual([1, '']);
    const { host } = new URL(closed.url);
    expect(err).toBe(`error: no prices from ${host}: GET /v2/stocks/bars lost its connection (ECONNREFUSED); tried 5 times\n`);
  });

  it('is said with what it answered instead', async () => {
    let asked = 0;
    const spoken = await onServer(
      () => {
        asked += 1;
        return asked === 1 ? { body: { bars: {}, next_page_token: null } } : { status: 503 };
      },
      trend(),
      '--json',
    );
    expect(spoken.code).toBe(1);
    expect(JSON.parse(spoken.out)).toMatchObject({
      error: { code: 'broker-unreachable', message: expect.stringContaining('GET /v2/stocks/bars answered 503; tried 5 times') },
    });
    // The raw bars came at once.
    expect(asked).toBe(6);
  });

  it.each([
    [
      'a symbol that it refuses',
      { status: 400, body: { message: 'invalid symbol: SPY' } },
      'refused: the broker refused with 400: invalid symbol: SPY',
    ],
    ['an answer that is none', { body: { bars: 7 } }, "cannot be understood: the broker's answer makes no sense"],
  ])('is told apart from %s', async (_, reply: Reply, message) => {
    const { code, err } = await onServer(() => reply, trend());
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain('unexpected');
  });
});

describe('a date that has no close', () => {
  it.each([
    ['2026-11-22', 'the exchange was closed that day; the session before it is 2026-11-20, the session after it is 2026-11-23'],
    ['2026-11-26', 'the exchange was closed that day; the session before it is 2026-11-25, the session after it is 2026-11-27'],
    ['1990-01-01', 'the exchange was closed that day; the session after it is 1990-01-02'],
    ['2026-11-23', 'that session has no close yet; the last one whose prices are there is 2026-11-20'],
  ])('is refused unasked: %s', async (date, message) => {
    const { code, err } = await signal(trend(), '--as-of', date);
    expect([code, err]).toEqual([2, `error: --as-of ${date}: ${message}\n`]);
    expect(proxy.asked).toEqual([]);
  });

  it('is one of a machine whose clock is lost', async () => {
    vi.setSystemTime(Date.parse('2031-02-01T00:00:00Z'));
    const { code, err } = await signal(trend());
    expect(code).toBe(2);
    expect(err).toContain('the clock of this machine is outside the calendar');
  });
});

it('takes no option of Alpaca beside --prices', async () => {
  const { code, err } = await evenkeel(['signal', trend(), '--prices', folder, '--feed', 'sip']);
  expect(code).toBe(2);
  expect(err).toContain("option '--feed <feed>' cannot be used with option '--prices <folder>'");
});

async function onServer(script: () => Reply, file: string, ...more: string[]): Promise<Spoken> {
  const server: ScriptedServer = await scriptedServer(script);
  try {
    return await evenkeel(['signal', file, '--data-url', server.url, ...more]);
  } finally {
    await server.close();
  }
}
