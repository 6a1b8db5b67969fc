// What follows the close of a session: the watchdog's event, and the messages that its owner gets of it and of the runs before.
import { notifyHandler } from '../../lambdas/notify/notify-handler.ts';
import { watchdogHandler } from '../../lambdas/watchdog/watchdog-handler.ts';
import { WATCHDOG_AFTER_CLOSE_MS, type WatchdogEvent } from '../../shared/contracts/watchdog-event.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import type { LocalWorld } from '../../shared/wiring/local.ts';

/** Where time has gone on the session is past: what it looked like then cannot be looked at any more. */
export async function watchSession(world: LocalWorld, portfolio: string, session: Session): Promise<void> {
  const { clock } = world.exchange;
  const at = session.close + WATCHDOG_AFTER_CLOSE_MS;
  if (clock.now() > at) return;
  const [latest] = await world.digests.latest(portfolio, 1);
  if (latest?.session === session.date) return;
  if (clock.now() < at) clock.set(at);
  const event: WatchdogEvent = { kind: 'watchdog', scheduledTime: new Date(at).toISOString() };
  await orDeadLetter(world, event, () => watchdogHandler(() => world.watchdog)(event));
  await orDeadLetter(world, { kind: 'notify' }, () => world.drainTopic(notifyHandler(() => world.notify)));
}

/** As on AWS: nobody waits for these functions, so their failures go where failed events go. */
async function orDeadLetter(world: LocalWorld, event: object, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    await world.deadLetter({ ...event, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}
