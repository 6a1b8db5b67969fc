// evenkeel secrets: keys come in unseen, are judged by the broker before they are stored, and are said to nobody.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.ts';
import { checkSecrets } from '../../cli/secrets/check-secrets.ts';
import type { SecretInput } from '../../cli/secrets/secret-input.ts';
import { rotateSecret, type SecretsParts, setSecret } from '../../cli/secrets/store-secret.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { VaultEntry } from '../../shared/ports/secret-vault.ts';
import { secretsDesk } from '../../shared/wiring/secrets-desk.ts';
import type { OpenRun } from '../../shared/workflow/open-runs.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-20T12:00:00Z');
const CANARY = { keyId: 'PKCANARYCANARYCANARY', secretKey: 'canary-secret-of-the-paper-account-0001' };
const NEXT = { keyId: 'PKNEXTNEXTNEXTNEXT00', secretKey: 'canary-secret-of-the-paper-account-0002' };
const LIVE = { keyId: 'AKLIVELIVELIVELIVE00', secretKey: 'canary-secret-of-the-live-account-0003' };
const NO_WORD = { keyId: 'CKUNKNOWNUNKNOWN0000', secretKey: 'canary-secret-that-nobody-issued-0004' };

let hosts: { readonly paper: Server; readonly live: Server };
let vault: Map<string, VaultEntry>;
let asked: string[];
/** The open runs of the paper deployment. */
let open: readonly OpenRun[];

/** A broker that knows some keys. */
async function hostOf(name: string, known: readonly { readonly keyId: string }[], accountNumber: string): Promise<Server> {
  const server = createServer((request, response) => {
    const keyId = String(request.headers['apca-api-key-id']);
    asked.push(`${name} ${keyId}`);
    const isKnown = known.some((keys) => keys.keyId === keyId);
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? accountOf(accountNumber) : { code: 40110000, message: 'access key verification failed' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function accountOf(number: string) {
  const money = {
    equity: '1000',
    last_equity: '1000',
    cash: '1000',
    buying_power: '1000',
    long_market_value: '0',
    short_market_value: '0',
  };
  const flags = { trading_blocked: false, account_blocked: false, transfers_blocked: false, trade_suspended_by_user: false };
  return {
    id: 'a',
    account_number: number,
    status: 'ACTIVE',
    currency: 'USD',
    multiplier: '1',
    shorting_enabled: false,
    ...money,
    ...flags,
  };
}

beforeEach(async () => {
  asked = [];
  open = [];
  vault = new Map([
    ['evenkeel/paper/main', { kind: 'empty' }],
    ['evenkeel/paper/webhook', { kind: 'stored', text: '{}', storedAt: NOW }],
  ]);
  hosts = {
    paper: await hostOf('paper', [CANARY, NEXT], 'PA100'),
    live: await hostOf('live', [LIVE, { keyId: 'CKLIVE00000000000000' }], 'LV200'),
  };
});
afterEach(async () => {
  for (const host of [hosts.paper, hosts.live]) {
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  }
});

function portfolio(account: string): PortfolioPolicy {
  const text = `portfolio: main
account: ${account}
schedules: { daily: { at: close-25m, every: day, band: { absolute: 0.5% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60%, turnover: 100% }
`;
  const parsed = parsePortfolioFile(text, 'main.yaml');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

function parts(input: Partial<SecretInput>, account = '{ name: main }'): SecretsParts {
  const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { judge } = secretsDesk({ paper: urlOf(hosts.paper), live: urlOf(hosts.live) });
  const unasked = () => Promise.reject(new Error('nobody should have been asked'));
  return {
    desk: {
      judge,
      vault: {
        read: async (name) => vault.get(name) ?? { kind: 'missing' },
        store: async (name, text) => {
          if (!vault.has(name)) return 'missing';
          vault.set(name, { kind: 'stored', text, storedAt: NOW });
          return 'stored';
        },
      },
    },
    input: { isPerson: false, hidden: unasked, choice: unasked, whole: unasked, ...input },
    portfoliosOf: async (stage) => [portfolio(account)].filter((policy) => policy.account.mode === stage),
    openRuns: async (stage) => (stage === 'paper' ? open : []),
  };
}

async function said(command: (output: Output) => Promise<void>, json = false) {
  const told = { text: '', failure: undefined as unknown };
  const add = (text: string): void => {
    told.text += text;
  };
  await command(new Output({ isTty: false, hasColor: false, writeOut: add, writeErr: add }, { json, verbose: true })).catch(
    (error: unknown) => {
      told.failure = error;
    },
  );
  const whole = `${told.text}${String(told.failure)}${told.failure instanceof Error ? `${told.failure.stack}${String(told.failure.cause)}` : ''}`;
  for (const { keyId, secretKey } of [CANARY, NEXT, LIVE, NO_WORD]) {
    expect(whole).not.toContain(keyId);
    expect(whole).not.toContain(secretKey);
  }
  return told;
}

const piped = (keys: object | string) => ({ whole: async () => (typeof keys === 'string' ? keys : JSON.stringify(keys)) });
const set = (keys: object | string, options = {}, account = '{ name: main }') =>
  said((output) => setSecret('main', options, output, parts(piped(keys), account)));
const check = (account?: string, json = false, now = NOW) => said((output) => checkSecrets(account, {}, output, parts({}), now), json);

describe('evenkeel secrets set', () => {
  it('stores what the broker takes, and says which account it is of', async () => {
    const { text, failure } = await set(CANARY);
    expect(failure).toBeUndefined();
    expect(text).toContain('Stored in evenkeel/paper/main: keys of the paper account PA100.');
    expect(vault.get('evenkeel/paper/main')).toMatchObject({ text: JSON.stringify(CANARY) });
  });

  it('takes two lines, and what is typed without being shown', async () => {
    expect((await set(`${CANARY.keyId}\n${CANARY.secretKey}\n`)).failure).toBeUndefined();
    const typed = [NEXT.keyId, NEXT.secretKey];
    const person = { isPerson: true, hidden: async () => typed.shift() ?? '' };
    expect((await said((output) => setSecret('main', {}, output, parts(person)))).failure).toBeUndefined();
    expect(vault.get('evenkeel/paper/main')).toMatchObject({ text: JSON.stringify(NEXT) });
  });

  it.each<[string, object | string, string, string]>([
    [
      'live keys in paper, without asking anybody',
      LIVE,
      'wrong-mode',
      'they are the keys of a live account, and this is the paper deployment',
    ],
    [
      'live keys that do not look like it',
      { keyId: 'CKLIVE00000000000000', secretKey: 'x'.repeat(20) },
      'wrong-mode',
      'they are the keys of a live account',
    ],
    ['keys that nobody issued', NO_WORD, 'refused', 'neither for a paper nor for a live account'],
    ['half a pair', { keyId: CANARY.keyId }, 'malformed', 'must hold exactly keyId and secretKey'],
    ['a text that is not JSON', `{"keyId": "${CANARY.keyId}", oops`, 'malformed', 'standard input is'],
    ['a key with a blank in it', { ...CANARY, keyId: `${CANARY.keyId} x` }, 'malformed', 'without white space'],
  ])('refuses %s', async (_, keys, code, message) => {
    const { failure } = await set(keys);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(failure).toMatchObject({ message: expect.stringContaining('nothing was stored') });
    expect(vault.get('evenkeel/paper/main')).toEqual({ kind: 'empty' });
    if (keys === LIVE) expect(asked).toEqual([]);
  });

  it('refuses paper keys in live', async () => {
    vault.set('evenkeel/live/main', { kind: 'empty' });
    const { failure } = await set(CANARY, { stage: 'live' }, '{ name: main, mode: live, number: "LV200" }');
    expect(failure).toMatchObject({
      code: 'wrong-mode',
      message: expect.stringContaining('they are the keys of a paper account, and this is the live deployment'),
    });
  });

  it('refuses keys of another account than the file names', async () => {
    const { failure } = await set(CANARY, {}, '{ name: main, number: "PA999" }');
    expect(failure).toMatchObject({ code: 'wrong-account', exitCode: 1 });
    expect(vault.get('evenkeel/paper/main')).toEqual({ kind: 'empty' });
  });

  it('refuses an account that no portfolio names, and a deployment that is not there', async () => {
    const other = await said((output) => setSecret('other', {}, output, parts(piped(CANARY))));
    expect(other.failure).toMatchObject({ code: 'no-such-account', exitCode: 2, message: expect.stringContaining('there are: main') });
    vault.clear();
    expect((await set(CANARY)).failure).toMatchObject({ code: 'secret-missing', message: expect.stringContaining('npx evenkeel deploy') });
    expect((await set(CANARY, { stage: 'papre' })).failure).toMatchObject({ code: 'usage', exitCode: 2 });
  });

  it('stores a webhook, and refuses one in the clear', async () => {
    const hook = { format: 'slack', url: 'https://hooks.example.com/T0/CANARY' };
    const good = await said((output) => setSecret('webhook', {}, output, parts(piped(hook))));
    expect(good.text).toContain('messages go to slack too');
    expect(good.text).not.toContain('CANARY');
    const bad = await said((output) => setSecret('webhook', {}, output, parts(piped({ ...hook, url: 'http://hooks.example.com/x' }))));
    expect(bad.failure).toMatchObject({ code: 'malformed', exitCode: 2 });
  });
});

describe('an exchange of keys while a run is open', () => {
  const run: OpenRun = { portfolio: 'main', runId: 'main/2026-11-20/daily', phase: 'executing', accountNumber: 'PA900' };
  const rotate = () => said((output) => rotateSecret('main', {}, output, parts(piped(NEXT))));

  it('for those of another account is refused, with the run and what to do', async () => {
    open = [run];
    const { failure } = await set(CANARY);
    expect(failure).toMatchObject({
      code: 'open-run',
      exitCode: 1,
      message:
        'nothing was stored: these are the keys of account PA100, and main/2026-11-20/daily is executing in PA900; let it end first: npx evenkeel show main/2026-11-20/daily',
    });
    expect(vault.get('evenkeel/paper/main')).toEqual({ kind: 'empty' });
    open = [{ ...run, phase: 'awaiting-approval' }];
    expect((await set(CANARY)).failure).toMatchObject({ message: expect.stringContaining('approve it first, or wait until its deadline') });
  });

  it('is refused in a rotation as well', async () => {
    await set(CANARY);
    open = [run];
    expect((await rotate()).failure).toMatchObject({ code: 'open-run' });
    expect(vault.get('evenkeel/paper/main')).toMatchObject({ text: JSON.stringify(CANARY) });
  });

  it.each<[string, Partial<OpenRun>]>([
    ['for others of the same account', { accountNumber: 'PA100' }],
    ['where the run is of another portfolio', { portfolio: 'other', runId: 'other/2026-11-20/daily' }],
    ['where nobody knows the account of the run', { accountNumber: undefined }],
  ])('%s is done', async (_, stated) => {
    open = [{ ...run, ...stated }];
    expect((await set(CANARY)).failure).toBeUndefined();
    expect((await rotate()).failure).toBeUndefined();
  });
});

describe('evenkeel secrets rotate', () => {
  it('stores the new keys, reads them back, and says when the old may go', async () => {
    await set(CANARY);
    const { text, failure } = await said((output) => rotateSecret('main', {}, output, parts(piped(NEXT))));
    expect(failure).toBeUndefined();
    expect(text).toContain('delete the old key on Alpaca’s page');
    expect(vault.get('evenkeel/paper/main')).toMatchObject({ text: JSON.stringify(NEXT) });
  });

  it('refuses where there are none yet, and the same once more', async () => {
    expect((await said((output) => rotateSecret('main', {}, output, parts(piped(NEXT))))).failure).toMatchObject({
      code: 'secret-missing',
    });
    await set(CANARY);
    expect((await said((output) => rotateSecret('main', {}, output, parts(piped(CANARY))))).failure).toMatchObject({ code: 'unchanged' });
  });
});

describe('evenkeel secrets check', () => {
  it('says how old each is and whether the broker takes it', async () => {
    await set(CANARY);
    const { text, failure } = await check(undefined, false, NOW + 3 * DAY_MS);
    expect(failure).toBeUndefined();
    expect(text).toMatch(/evenkeel\/paper\/main {5}good {6}3 {2}the broker takes them, for account PA100/);
    expect(text).toContain('none is set: messages go by mail alone');
  });

  it('says of old ones that they should be replaced, and fails nothing for it', async () => {
    await set(CANARY);
    const { text, failure } = await check('main', true, NOW + 91 * DAY_MS);
    expect(failure).toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({ stage: 'paper', secrets: [{ state: 'old', ageDays: 91 }] });
  });

  it.each<[string, VaultEntry | undefined, string]>([
    ['empty', { kind: 'empty' }, 'npx evenkeel secrets set main'],
    ['missing', undefined, 'npx evenkeel deploy'],
    ['malformed', { kind: 'stored', text: `{"keyId": "${CANARY.keyId}"`, storedAt: NOW }, 'it holds no key pair'],
    ['wrong-mode', { kind: 'stored', text: JSON.stringify(LIVE), storedAt: NOW }, 'they are the keys of a live account'],
    ['refused', { kind: 'stored', text: JSON.stringify(NO_WORD), storedAt: NOW }, 'mistyped, or deleted there'],
  ])('finds a secret that is %s', async (state, entry, words) => {
    if (entry === undefined) vault.delete('evenkeel/paper/main');
    else vault.set('evenkeel/paper/main', entry);
    const { text, failure } = await check('main');
    expect(text).toContain(state);
    expect(text).toContain(words);
    expect(failure).toMatchObject({ code: 'bad-secrets', exitCode: 1 });
  });

  it('says that the vault does not answer, in its own words', async () => {
    const broken = parts({});
    const read = () =>
      Promise.reject(
        new OutsideError('secret evenkeel/paper/main could not be read (unauthorized)', { effect: 'none', code: 'unauthorized' }),
      );
    const told = await said((output) =>
      checkSecrets('main', {}, output, { ...broken, desk: { ...broken.desk, vault: { ...broken.desk.vault, read } } }, NOW),
    );
    expect(told.failure).toMatchObject({ code: 'unauthorized' });
  });
});
