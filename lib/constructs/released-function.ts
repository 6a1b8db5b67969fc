// A function that is called by an alias, which moves from version to version. The versions stay, so that it can move back.
import type { Duration } from 'aws-cdk-lib';
import { Alias, type Version } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { HandlerFunction, type HandlerFunctionProps } from './handler-function.ts';

export interface ReleasedFunctionProps extends HandlerFunctionProps {
  /** What becomes of an event that was sent without waiting for the answer. */
  readonly asynchronous: {
    readonly retryAttempts: 0 | 1 | 2;
    readonly maxEventAge: Duration;
    readonly deadLetters: DeadLetterQueue;
  };
}

/** What everybody calls. */
export const ALIAS = 'current';

export class ReleasedFunction extends HandlerFunction {
  readonly version: Version;
  readonly alias: Alias;

  constructor(scope: Construct, id: string, { asynchronous, ...props }: ReleasedFunctionProps) {
    super(scope, id, props);
    this.version = this.function.currentVersion;
    const { retryAttempts, maxEventAge, deadLetters } = asynchronous;
    const settings = { retryAttempts, maxEventAge, onFailure: new SqsDestination(deadLetters.queue) };
    this.alias = new Alias(this, 'Alias', { aliasName: ALIAS, version: this.version, ...settings });
    // Whoever sends an event to the function itself, past its alias, loses none either.
    this.function.configureAsyncInvoke(settings);
  }
}
