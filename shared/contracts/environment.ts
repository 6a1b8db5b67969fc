// The environment variables of the Lambdas: names shared by the stacks that set them and the code that
// reads them. None is ever a secret.
export const environmentNames = {
  table: 'EVENKEEL_TABLE',
  bucket: 'EVENKEEL_BUCKET',
  topicArn: 'EVENKEEL_TOPIC_ARN',
  /** Where notify tells the owner; the other topic is where alarms and notices come together. */
  ownerTopicArn: 'EVENKEEL_OWNER_TOPIC_ARN',
  stateMachineArn: 'EVENKEEL_STATE_MACHINE_ARN',
  secretPrefix: 'EVENKEEL_SECRET_PREFIX',
  /** Folder of the validated portfolio files inside the function's code. */
  portfoliosDir: 'EVENKEEL_PORTFOLIOS_DIR',
} as const;

/**
 * What the owner's command line needs besides, and no function: where dead letters wait, where the functions log, and
 * which alias of which function is called. Each is a list `hop=value,hop=value`.
 */
export const operatorEnvironmentNames = {
  /** `schedule=https://sqs…,signal=https://sqs…,execution=https://sqs…`: queue URLs. */
  deadLetterQueues: 'EVENKEEL_DEAD_LETTER_QUEUES',
  /** `signal=/aws/lambda/…,execution=/aws/lambda/…`: log group names. */
  logGroups: 'EVENKEEL_LOG_GROUPS',
  /** `signal=NAME:ALIAS,execution=NAME:ALIAS`; without an alias, `signal=NAME`. */
  functions: 'EVENKEEL_FUNCTIONS',
} as const;

/** What the gate of a release is told: which version of the signal to try, and on which portfolios, with commas between them. */
export const gateEnvironmentNames = { version: 'EVENKEEL_GATED_VERSION', portfolios: 'EVENKEEL_GATED_PORTFOLIOS' } as const;

/** Of the owner's command line, and of no function: the broker on this machine that it asks in the place of the real one. */
export const brokerUrlName = 'EVENKEEL_BROKER_URL';

/** Of notify alone: whether the owner is told in a chat too, `on` or `off`. */
export const WEBHOOK_SWITCH = 'EVENKEEL_WEBHOOK';
