// The settings of the notify function, parsed once and all at once. It knows no portfolio and no broker.
import * as z from 'zod';
import { environmentNames } from './environment.ts';

const schema = z.object({
  [environmentNames.table]: z.string().min(1),
  [environmentNames.ownerTopicArn]: z.string().min(1),
  [environmentNames.secretPrefix]: z.string().min(1),
});

export interface NotifyEnvironment {
  readonly table: string;
  readonly ownerTopicArn: string;
  readonly secretPrefix: string;
}

/** @throws Error naming every variable that is missing. */
export function readNotifyEnvironment(variables: Readonly<Record<string, string | undefined>>): NotifyEnvironment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success)
    throw new Error(`the function's environment is not whole: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  const { data } = parsed;
  return { table: data.EVENKEEL_TABLE, ownerTopicArn: data.EVENKEEL_OWNER_TOPIC_ARN, secretPrefix: data.EVENKEEL_SECRET_PREFIX };
}
