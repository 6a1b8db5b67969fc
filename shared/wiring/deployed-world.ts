// The world of a deployed function, loaded by the first event that is one. A function starts with our own code; the
// clients of AWS and the broker take longer to load than all of that, and an event that is refused needs none.
import type { World } from '../workflow/world.ts';

let opened: Promise<World> | undefined;

/**
 * The same world for every event that this process is given.
 * @throws Error when the function's environment is not whole.
 */
export function deployedWorld(): Promise<World> {
  opened ??= import('./aws.ts').then(({ awsWorld }) => awsWorld());
  return opened;
}
