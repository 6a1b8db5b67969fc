import { describe, expect, it } from 'vitest';
import { CollectingTelemetry } from '../../../../shared/adapters/local/collecting-telemetry.ts';
import { FixedSecrets } from '../../../../shared/adapters/local/fixed-secrets.ts';

describe('telemetry at home', () => {
  it('keeps lines in order, with bound fields, and shows each as it comes', () => {
    const shown: string[] = [];
    const telemetry = new CollectingTelemetry({ onLine: ({ level, message }) => shown.push(`${level} ${message}`) });
    telemetry.info('one');
    telemetry.bind({ runId: 'r' }).warn('two', { symbol: 'SPY' });
    telemetry.error('three');
    expect(telemetry.lines).toEqual([
      { level: 'info', message: 'one', fields: {} },
      { level: 'warn', message: 'two', fields: { runId: 'r', symbol: 'SPY' } },
      { level: 'error', message: 'three', fields: {} },
    ]);
    expect(shown).toEqual(['info one', 'warn two', 'error three']);
  });

  it('sums metrics, also those of its bound copies', () => {
    const telemetry = new CollectingTelemetry();
    telemetry.count('OrdersSubmitted', 2);
    telemetry.bind({ runId: 'r' }).count('OrdersSubmitted', 3);
    telemetry.count('OrdersSubmitted', Number.NaN);
    expect([...telemetry.counts]).toEqual([['OrdersSubmitted', 5]]);
    expect(telemetry.lines).toEqual([expect.objectContaining({ level: 'error', fields: { metric: 'OrdersSubmitted', value: 'NaN' } })]);
  });

  it('redacts as production does', () => {
    const telemetry = new CollectingTelemetry();
    telemetry.info('loaded', { secretKey: 'x' });
    expect(telemetry.lines[0]?.fields).toEqual({ secretKey: '[redacted]' });
  });
});

describe('fixed secrets', () => {
  const secrets = new FixedSecrets(new Map([['main', { keyId: 'local-key', secretKey: 'local-secret' }]]));

  it('answer what they were given', async () => {
    expect(await secrets.brokerCredentials('main')).toEqual({ keyId: 'local-key', secretKey: 'local-secret' });
  });

  it('are missing for every other account', async () => {
    await expect(secrets.brokerCredentials('other')).rejects.toMatchObject({
      code: 'secret-missing',
      effect: 'none',
      message: expect.stringContaining('other'),
    });
  });
});
