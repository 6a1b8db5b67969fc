// Where the command line may send the keys of an account.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDeployment } from '../../cli/deployment.ts';
import { loopbackBroker } from '../../cli/world/loopback-broker.ts';
import { worldText } from '../../cli/world/world-text.ts';
import { brokerUrlName, environmentNames } from '../../shared/contracts/environment.ts';
import { TRADING_URL } from '../../shared/wiring/trading-url.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const named = (url: string) => ({ [brokerUrlName]: url });
const REFUSED = { code: 'broker-address', exitCode: 2 };

describe('the broker of the command line', () => {
  it('is the real one when no other is named', () => {
    expect(loopbackBroker('paper', {})).toBeUndefined();
    expect(loopbackBroker('live', named(''))).toBeUndefined();
  });

  it.each(['http://127.0.0.1:4010', 'http://[::1]:4010'])('may be %s, for play money alone', (url) => {
    expect(loopbackBroker('paper', named(url))).toEqual({ trading: { paper: url, live: TRADING_URL.live }, marketData: url });
    for (const stage of ['live', undefined] as const) {
      expect(() => loopbackBroker(stage, named(url))).toThrow(expect.objectContaining(REFUSED));
    }
  });

  it.each([
    'https://paper-api.alpaca.markets',
    'http://10.0.0.7:4010',
    'http://0.0.0.0:4010',
    // A name is what somebody answers for it.
    'http://localhost:4010',
    'http://127.0.0.1.example.com:4010',
    'http://127.0.0.1@example.com:4010',
    'http://keys@127.0.0.1:4010',
    'http://127.0.0.1:4010/elsewhere',
    'http://127.0.0.1:4010\\@example.com',
    'http://127.0.0.1:4010?next=http://example.com',
    'http://127.0.0.1',
    '127.0.0.1:4010',
    'file:///etc/passwd',
  ])('is never %s', (url) => {
    expect(() => loopbackBroker('paper', named(url))).toThrow(expect.objectContaining(REFUSED));
  });

  it('is refused before anything of a deployment is opened', () => {
    for (const name of Object.values(environmentNames)) vi.stubEnv(name, 'some');
    vi.stubEnv(environmentNames.secretPrefix, 'evenkeel/live/');
    vi.stubEnv(brokerUrlName, 'http://127.0.0.1:4010');
    expect(() => openDeployment()).toThrow(expect.objectContaining(REFUSED));
  });

  it('is said beside the deployment, so that nobody takes it for the real one', () => {
    vi.stubEnv(brokerUrlName, 'http://127.0.0.1:4010');
    expect(worldText({ kind: 'deployment' }, 'paper')).toBe('Of the paper deployment, with the broker at http://127.0.0.1:4010.');
  });
});
