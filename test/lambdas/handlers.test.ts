import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { portfolioOf } from '../../shared/contracts/events.ts';
import type { World } from '../../shared/workflow/world.ts';

/** A world without portfolios that counts how often it was flushed. */
function anEmptyWorld(): World & { readonly flushed: () => number } {
  let flushed = 0;
  return {
    portfolios: {
      load: async (name) => {
        throw new Error(`no portfolio ${name}`);
      },
    },
    portsFor: () => {
      throw new Error('nobody may ask for ports before the portfolio is known');
    },
    flush: () => {
      flushed += 1;
    },
    flushed: () => flushed,
  };
}

const handlers = { signal: signalHandler, execution: executionHandler };

describe.each(['signal', 'execution'] as const)('the %s handler', (name) => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', '{"runId":"x"}'],
    ['a list', []],
    ['an SQS batch', { Records: [{ body: '{}' }] }],
    ['numbers', { runId: 7, portfolio: 7, schedule: 7, scheduledTime: 7 }],
    ['a run id that is none', { runId: 'pair/2019-02-30/daily' }],
    ['a name that leads elsewhere', { portfolio: '../../etc', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z' }],
  ])('refuses %s field by field, and sends its metrics all the same', async (_, event) => {
    const world = anEmptyWorld();
    const failure = await handlers[name](world)(event).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ZodError);
    expect((failure as ZodError).issues.length).toBeGreaterThan(0);
    expect(world.flushed()).toBe(1);
  });

  it('says which portfolio it does not have, and sends its metrics all the same', async () => {
    const world = anEmptyWorld();
    const event =
      name === 'signal'
        ? { portfolio: 'pair', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z' }
        : { runId: 'pair/2019-03-14/daily' };
    await expect(handlers[name](world)(event)).rejects.toThrow('no portfolio pair');
    expect(world.flushed()).toBe(1);
  });
});

describe('the portfolio of a run', () => {
  it('is the first part of its id', () => {
    expect(portfolioOf({ runId: 'golden-butterfly/2026-11-30/monthly' })).toBe('golden-butterfly');
  });

  it('is not guessed from something else', () => {
    expect(() => portfolioOf({ runId: 'golden-butterfly' })).toThrow('not a run id: golden-butterfly');
  });
});
