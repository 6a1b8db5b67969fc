// The two functions that look after the others: what they take, and what they do with what they cannot.
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { notifyHandler } from '../../lambdas/notify/notify-handler.ts';
import { watchdogHandler } from '../../lambdas/watchdog/watchdog-handler.ts';
import { CollectingTelemetry } from '../../shared/adapters/local/collecting-telemetry.ts';
import { MemoryFolds } from '../../shared/adapters/local/memory-folds.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { NotifyWorld } from '../../shared/workflow/tell-owner.ts';
import type { WatchdogWorld } from '../../shared/workflow/watchdog/watchdog-world.ts';

const GARBAGE: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['text', '{}'],
  ['a schedule event', { portfolio: 'pair', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z' }],
  ['an SQS batch', { Records: [{ body: '{}' }] }],
  ['no records', { Records: [] }],
  ['a watchdog event without a time', { kind: 'watchdog' }],
  ['a watchdog event with a time of nowhere', { kind: 'watchdog', scheduledTime: '2019-03-14 19:35' }],
  ['a watchdog event with more in it', { kind: 'watchdog', scheduledTime: '2019-03-14T20:45:00Z', portfolio: 'pair' }],
];

function refusing(): never {
  throw new Error('nobody may open a world for garbage');
}

describe.each([
  ['watchdog', watchdogHandler(refusing)],
  ['notify', notifyHandler(refusing)],
] as const)('the %s handler', (_, handler) => {
  it.each(GARBAGE)('refuses %s field by field, without opening anything', async (__, event) => {
    const failure: unknown = await handler(event).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ZodError);
  });
});

describe('the watchdog handler', () => {
  function aWorld(names: () => Promise<readonly string[]>) {
    const telemetry = new CollectingTelemetry();
    const flushed: number[] = [];
    const world: WatchdogWorld = {
      portfolios: { names, load: async (name) => Promise.reject(new Error(`no portfolio ${name}`)) },
      clock: { now: () => Date.UTC(2026, 10, 20, 21, 45) },
      telemetry,
      portsFor: refusing,
      flush: () => void flushed.push(1),
    };
    return { world, flushed, telemetry };
  }

  it('answers why it was quiet, and sends its metrics', async () => {
    const { world, flushed } = aWorld(async () => []);
    const answer = await watchdogHandler(() => world)({ kind: 'watchdog', scheduledTime: '2026-11-21T21:45:00Z' });
    expect(answer).toEqual({ kind: 'quiet', because: 'not-a-session' });
    expect(flushed).toEqual([1]);
  });

  it('fails with every portfolio that it could not look at, and sends its metrics all the same', async () => {
    const { world, flushed } = aWorld(async () => ['one', 'two']);
    const watching = watchdogHandler(() => world)({ kind: 'watchdog', scheduledTime: '2026-11-20T21:45:00Z' });
    await expect(watching).rejects.toThrow('the watchdog failed on 2 portfolios: Error: no portfolio one; Error: no portfolio two');
    expect(flushed).toEqual([1]);
  });
});

describe('the notify handler', () => {
  function aWorld(isLost: (title: string) => boolean) {
    const mails: string[] = [];
    const world: NotifyWorld = {
      ports: {
        folds: new MemoryFolds(),
        mail: {
          send: async ({ title }) => {
            if (isLost(title)) throw new OutsideError('no topic', { effect: 'unknown', code: 'connection' });
            mails.push(title);
          },
        },
        webhook: { post: async () => 'none' },
        clock: { now: () => 0 },
        telemetry: new CollectingTelemetry(),
        redact: (text) => text,
      },
      flush: () => undefined,
    };
    return { world, mails };
  }

  const event = {
    Records: ['a', 'b', 'c'].map((name) => ({
      EventSource: 'aws:sns',
      Sns: { MessageId: name, Subject: name, Message: name, Type: 'Notification' },
    })),
  };

  it('tells every message of an event', async () => {
    const { world, mails } = aWorld(() => false);
    expect(await notifyHandler(() => world)(event)).toHaveLength(3);
    expect(mails).toEqual(['[ticket] a', '[ticket] b', '[ticket] c']);
  });

  it('tells the others when one cannot be told, then fails, and tells only that one when it is called again', async () => {
    let isBroken = true;
    const { world, mails } = aWorld((title) => isBroken && title.endsWith('b'));
    await expect(notifyHandler(() => world)(event)).rejects.toThrow('1 of 3 messages were not told');
    expect(mails).toEqual(['[ticket] a', '[ticket] c']);
    isBroken = false;
    await notifyHandler(() => world)(event);
    expect(mails).toEqual(['[ticket] a', '[ticket] c', '[ticket] b']);
  });
});
