// One Lambda function from one handler file: its code, its role, its log, and where its lost events go.
// The role starts with nothing but its own log; whoever builds the function says what else it may do.
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { handlerCode } from '../handler-code.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface HandlerFunctionProps {
  readonly description: string;
  /** The handler file, which exports `handler`. */
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** Never a secret: anyone who may describe the function reads these. */
  readonly environment: Readonly<Record<string, string>>;
  readonly portfolioFiles: readonly string[];
  /** What becomes of an event that was sent without waiting for the answer. */
  readonly asynchronous: {
    readonly retryAttempts: 0 | 1 | 2;
    readonly maxEventAge: Duration;
    readonly deadLetters: DeadLetterQueue;
  };
}

export class HandlerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    // The log explains a run, the record proves it: the log may end with the function that wrote it.
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.SIX_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    // Not the managed basic role, which may write to every log of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: handlerCode(props.entry, props.portfolioFiles),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      environment: { ...props.environment },
      role: this.role,
      logGroup,
      // Traces would need write access to a resource that cannot be named. Every log line carries the run id.
      tracing: Tracing.DISABLED,
      retryAttempts: props.asynchronous.retryAttempts,
      maxEventAge: props.asynchronous.maxEventAge,
      onFailure: new SqsDestination(props.asynchronous.deadLetters.queue),
    });
  }
}
