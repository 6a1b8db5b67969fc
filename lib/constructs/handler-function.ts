// One Lambda function from one handler file: its code, its role and its log.
// The role starts with nothing but its own log; whoever builds the function says what else it may do.
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { handlerCode } from '../handler-code.ts';
import type { PortfolioAsset } from '../stage.ts';
import { LimitFilters } from './limit-filters.ts';

export interface HandlerFunctionProps {
  readonly description: string;
  /** The handler file, which exports `handler`. */
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** Never a secret: anyone who may describe the function reads these. */
  readonly environment: Readonly<Record<string, string>>;
  readonly portfolioFiles: readonly PortfolioAsset[];
  /** Hash of its sources, for code that has to say it. */
  readonly source?: string;
  /** Left out, arm64, which costs a fifth less. */
  readonly architecture?: Architecture;
  /** Where its log tells that it is near a limit. */
  readonly limitNamespace: string;
}

export class HandlerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    // The log explains a run, the record proves it: the log may end with the function that wrote it.
    this.logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.SIX_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    // Not the managed basic role, which may write to every log of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: handlerCode(props.entry, props.portfolioFiles, props.source),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      environment: { ...props.environment },
      role: this.role,
      logGroup: this.logGroup,
      // Traces would need write access to a resource that cannot be named. Every log line carries the run id.
      tracing: Tracing.DISABLED,
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    new LimitFilters(this, 'Limits', {
      logGroup: this.logGroup,
      namespace: props.limitNamespace,
      timeoutMs: props.timeout.toMilliseconds(),
      memoryMb: props.memoryMb,
    });
  }
}
