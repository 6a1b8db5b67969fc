// The state machine of a sweep in Amazon's own language: a Distributed Map that reads the places from the bucket and hands them out
// in batches. It keeps no row: the function does.
import { type SweepBatchEvent, type SweepStart, sweepFolders } from '../../shared/contracts/sweep-batch.ts';

export interface SweepStepsProps {
  /** The AWS partition: `aws`, except in a few closed regions. */
  readonly partition: string;
  readonly functionArn: string;
  /** The function's own limit; the machine waits a little longer. */
  readonly functionTimeoutSeconds: number;
  readonly bucket: string;
  /** Calls at a time, whatever a start says. */
  readonly workersMax: number;
}

/** A million variants of a second each on a hundred functions are three hours. One that takes a day is a fault. */
const SWEEP_SECONDS_MAX = 24 * 60 * 60;

const pathOf = (field: keyof SweepStart): string => `$.${field}`;
const given = (fields: readonly (keyof SweepStart & keyof SweepBatchEvent['BatchInput'])[]) =>
  Object.fromEntries(fields.map((field) => [`${field}.$`, pathOf(field)]));

export function sweepSteps({ partition, functionArn, functionTimeoutSeconds, bucket, workersMax }: SweepStepsProps): object {
  return {
    Comment: 'Runs every variant of a sweep, a batch in a call',
    StartAt: 'Bounded?',
    TimeoutSeconds: SWEEP_SECONDS_MAX,
    States: {
      'Bounded?': {
        Type: 'Choice',
        // Nought is no bound at all to a Map.
        Choices: [
          {
            And: [
              { Variable: pathOf('workers'), NumericGreaterThanEquals: 1 },
              { Variable: pathOf('workers'), NumericLessThanEquals: workersMax },
            ],
            Next: 'Variants',
          },
        ],
        Default: 'TooMany',
      },
      TooMany: { Type: 'Fail', Error: 'TooManyWorkers', Cause: `a sweep makes from 1 to ${workersMax} calls at a time` },
      Variants: {
        Type: 'Map',
        ItemReader: {
          Resource: `arn:${partition}:states:::s3:getObject`,
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { Bucket: bucket, 'Key.$': pathOf('items') },
        },
        ItemBatcher: { MaxItemsPerBatchPath: pathOf('batch'), BatchInput: given(['sweep', 'work']) },
        MaxConcurrencyPath: pathOf('workers'),
        // A sweep with a hole is none: its best might be in it.
        ToleratedFailurePercentage: 0,
        ItemProcessor: {
          // Standard, so that every batch has a history, and one that failed can be found.
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Run',
          States: {
            Run: {
              Type: 'Task',
              Resource: `arn:${partition}:states:::lambda:invoke`,
              Parameters: { FunctionName: functionArn, 'Payload.$': '$' },
              OutputPath: '$.Payload',
              TimeoutSeconds: functionTimeoutSeconds + 15,
              Retry: retries,
              End: true,
            },
          },
        },
        // Left out, the answers of all batches would have to fit into the state of the machine.
        ResultWriter: {
          Resource: `arn:${partition}:states:::s3:putObject`,
          Parameters: { Bucket: bucket, Prefix: sweepFolders.runs },
        },
        End: true,
      },
    },
  };
}

// What Lambda does to a call, and no fault of the function's own: that would be the same again.
const retries = [
  {
    ErrorEquals: [
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 8,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];
