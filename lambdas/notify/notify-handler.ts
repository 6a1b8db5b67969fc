// The notify function in any world: messages of the topic in, what became of each out.
import { topicEvent } from '../../shared/contracts/topic-event.ts';
import { type NotifyWorld, type Told, tellOwner } from '../../shared/workflow/tell-owner.ts';

/**
 * One message that cannot be told does not keep the others: it is thrown at the end, and what was told is not told again.
 * @param open asked for every event, once that is known to be one.
 */
export function notifyHandler(open: () => NotifyWorld | Promise<NotifyWorld>) {
  return async (event: unknown): Promise<readonly Told[]> => {
    const { Records } = topicEvent.parse(event);
    const { ports, flush } = await open();
    const told: Told[] = [];
    const failures: unknown[] = [];
    try {
      for (const { Sns } of Records)
        await tellOwner(Sns, ports).then(
          (each) => told.push(each),
          (failure: unknown) => failures.push(failure),
        );
    } finally {
      flush();
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${Records.length} messages were not told`);
    return told;
  };
}
