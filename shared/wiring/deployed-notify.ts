// The world of the deployed notify function, loaded by the first event that is one.
import type { NotifyWorld } from '../workflow/tell-owner.ts';

let opened: Promise<NotifyWorld> | undefined;

/**
 * The same world for every event that this process is given.
 * @throws Error when the function's environment is not whole.
 */
export function deployedNotify(): Promise<NotifyWorld> {
  opened ??= import('./aws-notify.ts').then(({ awsNotify }) => awsNotify());
  return opened;
}
