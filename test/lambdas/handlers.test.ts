import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { portfolioOf } from '../../shared/contracts/events.ts';
import type { World } from '../../shared/workflow/world.ts';
import { anEmptyAudit } from '../builders/audit.ts';

/** A world without portfolios that counts how often it was opened and flushed. */
function anEmptyWorld() {
  const counts = { opened: 0, flushed: 0 };
  const world: World = {
    portfolios: {
      names: async () => [],
      load: async (name) => {
        throw new Error(`no portfolio ${name}`);
      },
    },
    portsFor: () => {
      throw new Error('nobody may ask for ports before the portfolio is known');
    },
    audit: anEmptyAudit(),
    flush: () => {
      counts.flushed += 1;
    },
  };
  const open = (): World => {
    counts.opened += 1;
    return world;
  };
  return { open, counts };
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
  ])('refuses %s field by field, without opening anything', async (_, event) => {
    const { open, counts } = anEmptyWorld();
    const failure = await handlers[name](open)(event).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ZodError);
    expect((failure as ZodError).issues.length).toBeGreaterThan(0);
    expect(counts).toEqual({ opened: 0, flushed: 0 });
  });

  it('says which portfolio it does not have, and sends its metrics all the same', async () => {
    const { open, counts } = anEmptyWorld();
    const event =
      name === 'signal'
        ? { portfolio: 'pair', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z' }
        : { runId: 'pair/2019-03-14/daily' };
    await expect(handlers[name](open)(event)).rejects.toThrow('no portfolio pair');
    expect(counts).toEqual({ opened: 1, flushed: 1 });
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
