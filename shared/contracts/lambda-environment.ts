// The Lambda's settings, parsed once and all at once.
import * as z from 'zod';
import { environmentNames } from './environment.ts';

const schema = z.object({
  [environmentNames.table]: z.string().min(1),
  [environmentNames.bucket]: z.string().min(1),
  [environmentNames.topicArn]: z.string().min(1),
  /** Only the signal starts executions. */
  [environmentNames.stateMachineArn]: z.string().min(1).optional(),
  [environmentNames.secretPrefix]: z.string().min(1),
  [environmentNames.portfoliosDir]: z.string().min(1),
});

export interface LambdaEnvironment {
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  readonly stateMachineArn: string | undefined;
  readonly secretPrefix: string;
  readonly portfoliosDir: string;
}

/** @throws Error naming every variable that is missing. */
export function readLambdaEnvironment(variables: Readonly<Record<string, string | undefined>>): LambdaEnvironment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success)
    throw new Error(`the function's environment is not whole: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  const { data } = parsed;
  return {
    table: data.EVENKEEL_TABLE,
    bucket: data.EVENKEEL_BUCKET,
    topicArn: data.EVENKEEL_TOPIC_ARN,
    stateMachineArn: data.EVENKEEL_STATE_MACHINE_ARN,
    secretPrefix: data.EVENKEEL_SECRET_PREFIX,
    portfoliosDir: data.EVENKEEL_PORTFOLIOS_DIR,
  };
}
