// What runs: schedules → signal function → state machine → execution function, and a queue with an alarm
// behind every hop that nobody waits for. It can be deleted and deployed again without losing anything but
// dead letters, which is why those live here: each belongs to the hop it fell from.
import { Aws, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { environmentNames } from '../shared/contracts/environment.ts';
import { secretPrefixOf } from '../shared/contracts/secret-prefix.ts';
import { DeadLetterQueue } from './constructs/dead-letter-queue.ts';
import { ExecutionMachine } from './constructs/execution-machine.ts';
import { HandlerFunction } from './constructs/handler-function.ts';
import { MarketSchedule } from './constructs/market-schedule.ts';
import { allowRunState } from './permissions.ts';
import { portfoliosDir } from './portfolio-files.ts';
import type { DeployedPortfolio, Stage } from './stage.ts';
import type { StateStack } from './state-stack.ts';

export interface ComputeStackProps extends StackProps {
  readonly stage: Stage;
  readonly state: StateStack;
  readonly portfolios: readonly DeployedPortfolio[];
  /** Handler files, absolute. */
  readonly entries: { readonly signal: string; readonly execution: string };
}

// A slot is a few minutes of one session: an event that is later than this has missed it and must not trade.
const EVENT_AGE_MAX = Duration.minutes(15);
// Reading a year of bars for every symbol of a portfolio, with retries.
const SIGNAL_TIMEOUT = Duration.minutes(2);
// One turn of the crank, with retries; it never waits for the market.
const EXECUTION_TIMEOUT = Duration.minutes(1);

export class ComputeStack extends Stack {
  readonly #props: ComputeStackProps;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    this.#props = props;
    this.#environment = {
      [environmentNames.table]: props.state.table.tableName,
      [environmentNames.bucket]: props.state.artifacts.bucketName,
      [environmentNames.topicArn]: props.state.alarmTopic.topicArn,
      [environmentNames.secretPrefix]: secretPrefixOf(props.stage),
      [environmentNames.portfoliosDir]: portfoliosDir,
    };
    const engine = this.#engine();
    this.#schedules(this.#signal(engine));
    this.#operatorEnvironment(engine.machine.stateMachineArn);
  }

  #engine(): ExecutionMachine {
    const deadLetters = this.#deadLetters(
      'ExecutionDlq',
      'A run stopped half-way: its turns fail. Each message names the run and the error.',
    );
    const execution = new HandlerFunction(this, 'Execution', {
      description: 'evenkeel: one turn of a run',
      entry: this.#props.entries.execution,
      memoryMb: 512,
      timeout: EXECUTION_TIMEOUT,
      environment: this.#environment,
      portfolioFiles: this.#portfolioFiles(),
      // The engine waits for the answer. Should someone else send an event without waiting, it is not repeated.
      asynchronous: { retryAttempts: 0, maxEventAge: Duration.minutes(1), deadLetters },
    });
    allowRunState(execution.role, this.#props.state);
    return new ExecutionMachine(this, 'Engine', {
      execution: execution.function,
      functionTimeout: EXECUTION_TIMEOUT,
      deadLetters,
      alarmTopic: this.#props.state.alarmTopic,
    });
  }

  #signal(engine: ExecutionMachine): HandlerFunction {
    const machineArn = engine.machine.stateMachineArn;
    const signal = new HandlerFunction(this, 'Signal', {
      description: 'evenkeel: from a schedule event to a frozen plan',
      entry: this.#props.entries.signal,
      memoryMb: 512,
      timeout: SIGNAL_TIMEOUT,
      environment: { ...this.#environment, [environmentNames.stateMachineArn]: machineArn },
      portfolioFiles: this.#portfolioFiles(),
      asynchronous: {
        retryAttempts: 2,
        maxEventAge: EVENT_AGE_MAX,
        deadLetters: this.#deadLetters(
          'SignalDlq',
          'A scheduled run did not start: the signal function failed. Each message holds its event and the error.',
        ),
      },
    });
    allowRunState(signal.role, this.#props.state);
    signal.role.addToPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [machineArn] }));
    return signal;
  }

  #schedules(signal: HandlerFunction): void {
    const deadLetters = this.#deadLetters(
      'ScheduleDlq',
      'A scheduled run did not start: its event could not be delivered. Each message is the event.',
    );
    const group = new CfnScheduleGroup(this, 'Schedules', { name: `evenkeel-${this.#props.stage}` });
    // Only the schedules of this group, in this account, may act as this role.
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group.attrArn } };
    const role = new Role(this, 'ScheduleRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions }) });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [signal.function.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }));
    for (const { policy } of this.#props.portfolios) {
      for (const schedule of policy.schedules) {
        new MarketSchedule(this, `${policy.name}.${schedule.name}`, {
          portfolio: policy.name,
          schedule,
          group,
          signal: signal.function,
          role,
          deadLetters,
          maxEventAge: EVENT_AGE_MAX,
        });
      }
    }
  }

  /** What the owner's own command line needs to speak of this deployment: names only, no secret. */
  #operatorEnvironment(stateMachineArn: string): void {
    const variables = {
      ...this.#environment,
      [environmentNames.stateMachineArn]: stateMachineArn,
      [environmentNames.portfoliosDir]: 'portfolios',
    };
    const value = Object.entries(variables).map(([name, text]) => `${name}=${text}`);
    new CfnOutput(this, 'OperatorEnvironment', {
      value: value.join(' '),
      description: 'Set these before evenkeel approve, halt, resume and status',
    });
  }

  #deadLetters(id: string, meaning: string): DeadLetterQueue {
    return new DeadLetterQueue(this, id, { meaning, alarmTopic: this.#props.state.alarmTopic });
  }

  #portfolioFiles(): readonly string[] {
    return this.#props.portfolios.map(({ file }) => file);
  }
}
