// The handler file of each function, absolute.
import { resolve } from 'node:path';

export type HandlerEntries = Readonly<Record<'signal' | 'execution' | 'watchdog' | 'notify' | 'gate', string>>;

const handlerOf = (folder: string): string => resolve(import.meta.dirname, '../lambdas', folder, 'handler.ts');

/** That of the sweeps in the cloud, in a stack of its own. */
export const SWEEP_HANDLER = handlerOf('sweep');

/** The product's own. */
export const HANDLERS: HandlerEntries = {
  signal: handlerOf('signal'),
  execution: handlerOf('execution'),
  watchdog: handlerOf('watchdog'),
  notify: handlerOf('notify'),
  gate: handlerOf('gate'),
};
