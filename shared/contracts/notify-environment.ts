// The settings of the notify function, parsed once and all at once. It knows no portfolio and no broker.
import * as z from 'zod';
import { environmentNames, WEBHOOK_SWITCH } from './environment.ts';

const schema = z.object({
  [environmentNames.table]: z.string().min(1),
  [environmentNames.ownerTopicArn]: z.string().min(1),
  [environmentNames.secretPrefix]: z.string().min(1),
  [WEBHOOK_SWITCH]: z.enum(['on', 'off']),
});

export interface NotifyEnvironment {
  readonly table: string;
  readonly ownerTopicArn: string;
  readonly secretPrefix: string;
  /** Whether there is a secret with the address of a chat: one that it may not read is no answer to that. */
  readonly hasWebhook: boolean;
}

/** @throws Error naming every variable that is missing. */
export function readNotifyEnvironment(variables: Readonly<Record<string, string | undefined>>): NotifyEnvironment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success)
    throw new Error(`the function's environment is not whole: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  const { data } = parsed;
  return {
    table: data.EVENKEEL_TABLE,
    ownerTopicArn: data.EVENKEEL_OWNER_TOPIC_ARN,
    secretPrefix: data.EVENKEEL_SECRET_PREFIX,
    hasWebhook: data.EVENKEEL_WEBHOOK === 'on',
  };
}
