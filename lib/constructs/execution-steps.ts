// The state machine in Amazon's own language: Advance → Done? → WaitForMarket → Advance …, and a way out when
// Advance cannot be done. It knows no markets and no orders: where a run stands is in the run's own record.
import type { AdvanceResult } from '../../shared/contracts/events.ts';
import { retryRules } from '../../shared/contracts/retry-rules.ts';

export interface ExecutionStepsProps {
  /** The AWS partition: `aws`, except in a few closed regions. */
  readonly partition: string;
  readonly functionArn: string;
  /** The function's own limit; the engine waits a little longer. */
  readonly functionTimeoutSeconds: number;
  readonly deadLetterQueueUrl: string;
}

// No run outlives a session (6.5 h). An execution that does is a fault, and each turn of it costs money.
const EXECUTION_SECONDS_MAX = 8 * 60 * 60;

const runId = 'runId' satisfies keyof AdvanceResult;
const done = 'done' satisfies keyof AdvanceResult;
const waitSeconds = 'waitSeconds' satisfies keyof AdvanceResult;

export function executionSteps({ partition, functionArn, functionTimeoutSeconds, deadLetterQueueUrl }: ExecutionStepsProps): object {
  const advance = {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: functionArn, Payload: { [`${runId}.$`]: `$.${runId}` } },
    OutputPath: '$.Payload',
    TimeoutSeconds: functionTimeoutSeconds + 15,
    Next: 'Done?',
  };
  return {
    Comment: 'Turns the crank of one run until it says that it is done',
    StartAt: 'Advance',
    TimeoutSeconds: EXECUTION_SECONDS_MAX,
    States: {
      Advance: { ...advance, Retry: retries, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'DeadLetter' }] },
      'Done?': {
        Type: 'Choice',
        Choices: [{ Variable: `$.${done}`, BooleanEquals: true, Next: 'Ended' }],
        Default: 'WaitForMarket',
      },
      WaitForMarket: { Type: 'Wait', SecondsPath: `$.${waitSeconds}`, Next: 'Advance' },
      DeadLetter: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::sqs:sendMessage`,
        Parameters: {
          QueueUrl: deadLetterQueueUrl,
          MessageBody: {
            [`${runId}.$`]: `$.${runId}`,
            // Whole, because an error need not have a cause, and a path to nothing would lose the message.
            'failure.$': '$.failure',
            'execution.$': '$$.Execution.Id',
          },
        },
        ResultPath: null,
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2, JitterStrategy: 'FULL' }],
        Next: 'AdvanceOnRedrive',
      },
      // A redrive resumes in the state that failed, and a Fail state only fails again. So the execution ends
      // here, in a task: one last turn without a Catch, and the place from which on-call's redrive goes on.
      AdvanceOnRedrive: advance,
      Ended: { Type: 'Succeed' },
    },
  };
}

// A turn starts from the record and the broker, so turning again is safe whatever became of the last one.
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
    MaxAttempts: 6,
    BackoffRate: 2,
    MaxDelaySeconds: 30,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: retryRules.firstDelaySeconds,
    MaxAttempts: retryRules.attemptsMax,
    BackoffRate: retryRules.backoffRate,
    JitterStrategy: 'FULL',
  },
];
