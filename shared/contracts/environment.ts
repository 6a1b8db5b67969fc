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
