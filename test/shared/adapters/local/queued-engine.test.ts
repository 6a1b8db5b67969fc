import { describe, expect, it } from 'vitest';
import { QueuedEngine } from '../../../../shared/adapters/local/queued-engine.ts';

describe('the engine of a run at home', () => {
  it('hands runs out in the order in which they were started, each once', async () => {
    const engine = new QueuedEngine();
    expect(await engine.start('b/2019-03-14/daily')).toBe('started');
    expect(await engine.start('a/2019-03-14/daily')).toBe('started');
    expect(await engine.start('b/2019-03-14/daily')).toBe('already-started');
    expect([engine.take(), engine.take(), engine.take()]).toEqual(['b/2019-03-14/daily', 'a/2019-03-14/daily', undefined]);
  });

  it('starts a run once, as an execution name on AWS can be, also after it was taken', async () => {
    const engine = new QueuedEngine();
    await engine.start('a/2019-03-14/daily');
    engine.take();
    expect(await engine.start('a/2019-03-14/daily')).toBe('already-started');
    expect(engine.take()).toBeUndefined();
  });
});
