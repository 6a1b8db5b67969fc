// The signal function in the emulated world. The emulator's scheduler does not write in the time at which an event was
// due, as EventBridge Scheduler does: here it is put where it should stand, as the time of delivery.
import { signalHandler } from '../../../lambdas/signal/signal-handler.ts';
import { emulatedNow, emulatedWorld } from '../emulated-world.ts';

const PLACEHOLDER = '<aws.scheduler.scheduled-time>';
const signal = signalHandler(emulatedWorld);

export const handler = (event: unknown): ReturnType<typeof signal> => signal(withTime(event));

function withTime(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event).replace(PLACEHOLDER, new Date(emulatedNow()).toISOString()));
}
