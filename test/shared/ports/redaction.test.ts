import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutsideError } from '../../../shared/ports/outside-error.ts';
import { Redaction } from '../../../shared/ports/redaction.ts';

const SECRET = 'n0t-a-real/canary+value=';

describe('redaction', () => {
  it('blanks what is named like a credential, at any depth', () => {
    const fields = {
      secretKey: 'a',
      password: 'b',
      'APCA-API-SECRET-KEY': 'c',
      headers: { Authorization: 'd', cookie: ['e'] },
      list: [{ apiKey: 'f', accessKeyId: 'g', token: { value: 'h' } }],
    };
    expect(new Redaction().fields(fields)).toEqual({
      secretKey: '[redacted]',
      password: '[redacted]',
      'APCA-API-SECRET-KEY': '[redacted]',
      headers: { Authorization: '[redacted]', cookie: '[redacted]' },
      list: [{ apiKey: '[redacted]', accessKeyId: '[redacted]', token: '[redacted]' }],
    });
  });

  it('leaves the names by which a run is followed', () => {
    const fields = {
      runId: 'sixty-forty/2026-11-20/month-end',
      clientOrderId: 'x_SPY_buy_0_0',
      requestId: 'r',
      symbol: 'SPY',
      hash: 'f'.repeat(64),
    };
    expect(new Redaction().fields(fields)).toEqual(fields);
  });

  it('blanks key ids of Alpaca and AWS and bearer tokens by their form', () => {
    const text = 'key PKABCDEFGHIJKLMNOPQR, role AKIAABCDEFGHIJKLMNOP, header Bearer abc.def.ghi-123';
    expect(new Redaction().text(text)).toBe('key [redacted], role [redacted], header [redacted]');
  });

  it('blanks a registered value in every spelling', () => {
    const redaction = new Redaction();
    redaction.register(SECRET);
    expect(redaction.text(`a ${SECRET} b ${encodeURIComponent(SECRET)}`)).toBe('a [redacted] b [redacted]');
    expect(redaction.fields({ [SECRET]: `x${SECRET}x` })).toEqual({ '[redacted]': 'x[redacted]x' });
  });

  it('does not let a short value blank ordinary words', () => {
    const redaction = new Redaction();
    redaction.register('demo');
    expect(redaction.text('the demo begins')).toBe('the demo begins');
  });

  it('tells an error with its code, effect and causes', () => {
    const redaction = new Redaction();
    redaction.register(SECRET);
    const failure = new OutsideError('storing failed', { effect: 'unknown', code: 'timeout', cause: new Error(`sent ${SECRET}`) });
    expect(redaction.fields({ failure })).toMatchObject({
      failure: {
        name: 'OutsideError',
        message: 'storing failed',
        effect: 'unknown',
        code: 'timeout',
        cause: { name: 'Error', message: 'sent [redacted]' },
      },
    });
    expect(JSON.stringify(redaction.fields({ failure }))).not.toContain(SECRET);
  });

  it('tells all of several errors', () => {
    const failure = new AggregateError([new Error('first'), new Error('second')], 'both');
    expect(new Redaction().fields({ failure })).toMatchObject({
      failure: { message: 'both', errors: [{ message: 'first' }, { message: 'second' }] },
    });
  });

  it('makes what JSON cannot say into something it can', () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop.self = loop;
    const said = new Redaction().fields({
      micros: 12_340_000n,
      nothing: undefined,
      notANumber: Number.NaN,
      at: new Date(0),
      never: new Date(Number.NaN),
      bytes: new Uint8Array([1, 2]),
      weights: new Map([['SPY', 600_000n]]),
      symbols: new Set(['SPY']),
      loop,
    });
    expect(JSON.parse(JSON.stringify(said))).toEqual({
      micros: '12340000',
      notANumber: 'NaN',
      at: '1970-01-01T00:00:00.000Z',
      never: 'invalid date',
      bytes: '[bytes]',
      weights: { SPY: '600000' },
      symbols: ['SPY'],
      loop: { name: 'loop', self: '[circular]' },
    });
  });

  it('ends at a depth no line needs', () => {
    const deep = Array.from({ length: 50 }).reduce<object>((inner) => ({ inner }), { end: true });
    expect(JSON.stringify(new Redaction().fields({ deep }))).toContain('[deeper]');
  });

  it('never lets a registered value through, wherever it stands', () => {
    const redaction = new Redaction();
    redaction.register(SECRET);
    const part = fc.constantFrom(SECRET, `before ${SECRET} after`, 'harmless');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, part, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(part, tie('tree'), { maxKeys: 3 })),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.stringify(redaction.fields({ value }))).not.toContain(SECRET);
      }),
      { numRuns: 100 },
    );
  });
});
