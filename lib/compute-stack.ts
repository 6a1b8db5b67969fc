// What runs: schedules → signal function → state machine → execution function, the watchdog after the close, notify behind
// every alarm and notice, and a queue with an alarm behind every hop that nobody waits for. It can be deleted and deployed
// again without losing anything but dead letters, which is why those live here: each belongs to the hop it fell from.
import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { environmentNames, gateEnvironmentNames, WEBHOOK_SWITCH } from '../shared/contracts/environment.ts';
import { METRIC_NAMESPACE } from '../shared/contracts/metric-names.ts';
import { secretPrefixOf } from '../shared/contracts/secret-prefix.ts';
import { CatalogueAlarms, type Hop } from './constructs/catalogue-alarms.ts';
import { DeadLetterQueue } from './constructs/dead-letter-queue.ts';
import { ExecutionMachine } from './constructs/execution-machine.ts';
import { HandlerFunction } from './constructs/handler-function.ts';
import { MarketSchedules } from './constructs/market-schedules.ts';
import { OperationsDashboard } from './constructs/operations-dashboard.ts';
import { ReleaseGate } from './constructs/release-gate.ts';
import { ReleasedFunction, type ReleasedFunctionProps } from './constructs/released-function.ts';
import { SpendingBudget } from './constructs/spending-budget.ts';
import type { DeploymentOptions } from './deployment-options.ts';
import { FUNCTION_MEMORY_MB } from './function-memory.ts';
import type { HandlerEntries } from './handler-entries.ts';
import { printOperatorEnvironment } from './operator-environment.ts';
import { allowMessages, allowRunState } from './permissions.ts';
import { portfoliosDir } from './portfolio-files.ts';
import type { DeployedPortfolio, Stage } from './stage.ts';
import type { StateStack } from './state-stack.ts';

export interface ComputeStackProps extends StackProps {
  readonly stage: Stage;
  readonly state: StateStack;
  readonly portfolios: readonly DeployedPortfolio[];
  readonly entries: HandlerEntries;
  readonly options: DeploymentOptions;
}

// A slot is a few minutes of one session: an event that is later than this has missed it and must not trade.
const EVENT_AGE_MAX = Duration.minutes(15);
// The watchdog trades nothing, and what it finds is as true an hour later.
const WATCHDOG_AGE_MAX = Duration.hours(1);
// A message that is hours old is still news to whoever was asleep.
const MESSAGE_AGE_MAX = Duration.hours(6);
// Reading a year of bars for every symbol of a portfolio, with retries.
const SIGNAL_TIMEOUT = Duration.minutes(2);
// One turn of the crank, with retries; it never waits for the market.
const EXECUTION_TIMEOUT = Duration.minutes(1);
// Every portfolio: its runs, its account, its artifacts.
const WATCHDOG_TIMEOUT = Duration.minutes(5);
const NOTIFY_TIMEOUT = Duration.minutes(1);
// It waits for the signal's dry run of every portfolio, side by side.
const GATE_TIMEOUT = Duration.minutes(5);

type Stated = Omit<ReleasedFunctionProps, 'portfolioFiles' | 'limitNamespace'> & Partial<Pick<ReleasedFunctionProps, 'portfolioFiles'>>;

const HOPS = ['schedule', 'signal', 'execution', 'watchdog', 'notify'] as const satisfies readonly Hop[];

export class ComputeStack extends Stack {
  readonly #props: ComputeStackProps;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #deadLetters: Readonly<Record<Hop, DeadLetterQueue>>;
  readonly #limitNamespace: string;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const { stage, state, portfolios, options } = props;
    this.#props = props;
    this.#limitNamespace = `${METRIC_NAMESPACE}/${stage}`;
    this.#environment = {
      [environmentNames.table]: state.table.tableName,
      [environmentNames.bucket]: state.artifacts.bucketName,
      [environmentNames.topicArn]: state.alarmTopic.topicArn,
      [environmentNames.secretPrefix]: secretPrefixOf(stage),
      [environmentNames.portfoliosDir]: portfoliosDir,
    };
    this.#deadLetters = byHop((hop) => new DeadLetterQueue(this, `${hop[0]?.toUpperCase()}${hop.slice(1)}Dlq`));
    const execution = this.#execution();
    const engine = new ExecutionMachine(this, 'Engine', {
      execution,
      functionTimeout: EXECUTION_TIMEOUT,
      deadLetters: this.#deadLetters.execution,
    });
    const signal = this.#signal(engine);
    const watchdog = this.#watchdog();
    const notify = this.#notify();
    // A release moves as a whole: nothing of it is called before the signal has passed its gate.
    for (const other of [execution, watchdog, notify]) other.alias.node.addDependency(signal.alias);
    const { groupName } = new MarketSchedules(this, 'Schedules', {
      stage,
      portfolios,
      signal: { calls: signal, deadLetters: this.#deadLetters.schedule, maxEventAge: EVENT_AGE_MAX },
      watchdog: { calls: watchdog, deadLetters: this.#deadLetters.watchdog, maxEventAge: WATCHDOG_AGE_MAX },
    });
    const alarms = new CatalogueAlarms(this, 'Alarm', {
      stage,
      topics: { notify: state.alarmTopic, owner: state.ownerTopic },
      deadLetters: this.#deadLetters,
      functions: { signal, execution, watchdog },
      machine: engine.machine,
      scheduleGroup: groupName,
      limitNamespace: this.#limitNamespace,
    });
    if (options.codeDeploy) new ReleaseGate(this, 'Gate', { stage, signal, gate: this.#gate(signal), alarm: alarms.functionErrors });
    new OperationsDashboard(this, 'Dashboard', {
      stage,
      portfolios: portfolios.map(({ policy }) => policy.name),
      deadLetters: this.#deadLetters,
      functions: { signal, execution },
    });
    if (options.budgetUsd > 0) new SpendingBudget(this, 'Budget', { stage, monthlyUsd: options.budgetUsd, ownerTopic: state.ownerTopic });
    printOperatorEnvironment(this, {
      environment: { ...this.#environment, [environmentNames.stateMachineArn]: engine.machine.stateMachineArn },
      ownerTopicArn: state.ownerTopic.topicArn,
      deadLetters: this.#deadLetters,
      functions: { signal, execution, watchdog, notify },
    });
  }

  #execution(): ReleasedFunction {
    const execution = this.#function('Execution', {
      description: 'evenkeel: one turn of a run',
      entry: this.#props.entries.execution,
      memoryMb: FUNCTION_MEMORY_MB.execution,
      timeout: EXECUTION_TIMEOUT,
      environment: this.#environment,
      // The engine waits for the answer. Should someone else send an event without waiting, it is not repeated.
      asynchronous: { retryAttempts: 0, maxEventAge: Duration.minutes(1), deadLetters: this.#deadLetters.execution },
    });
    allowRunState(execution.role, this.#props.state);
    return execution;
  }

  #signal(engine: ExecutionMachine): ReleasedFunction {
    const machineArn = engine.machine.stateMachineArn;
    const signal = this.#function('Signal', {
      description: 'evenkeel: from a schedule event to a frozen plan',
      entry: this.#props.entries.signal,
      memoryMb: FUNCTION_MEMORY_MB.signal,
      timeout: SIGNAL_TIMEOUT,
      environment: { ...this.#environment, [environmentNames.stateMachineArn]: machineArn },
      asynchronous: { retryAttempts: 2, maxEventAge: EVENT_AGE_MAX, deadLetters: this.#deadLetters.signal },
    });
    allowRunState(signal.role, this.#props.state);
    signal.role.addToPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [machineArn] }));
    return signal;
  }

  #watchdog(): ReleasedFunction {
    const watchdog = this.#function('Watchdog', {
      description: 'evenkeel: after the close, whether all that was due has happened',
      entry: this.#props.entries.watchdog,
      memoryMb: FUNCTION_MEMORY_MB.watchdog,
      timeout: WATCHDOG_TIMEOUT,
      environment: this.#environment,
      asynchronous: { retryAttempts: 2, maxEventAge: WATCHDOG_AGE_MAX, deadLetters: this.#deadLetters.watchdog },
    });
    allowRunState(watchdog.role, this.#props.state);
    return watchdog;
  }

  #notify(): ReleasedFunction {
    const { state, options } = this.#props;
    const deadLetters = this.#deadLetters.notify;
    const notify = this.#function('Notify', {
      description: 'evenkeel: alarms and notices as messages to the owner',
      entry: this.#props.entries.notify,
      memoryMb: FUNCTION_MEMORY_MB.notify,
      timeout: NOTIFY_TIMEOUT,
      environment: {
        [environmentNames.table]: state.table.tableName,
        [environmentNames.secretPrefix]: secretPrefixOf(this.#props.stage),
        [environmentNames.ownerTopicArn]: state.ownerTopic.topicArn,
        [WEBHOOK_SWITCH]: options.hasWebhook ? 'on' : 'off',
      },
      // It knows no portfolio.
      portfolioFiles: [],
      asynchronous: { retryAttempts: 2, maxEventAge: MESSAGE_AGE_MAX, deadLetters },
    });
    allowMessages(notify.role, state);
    state.alarmTopic.addSubscription(new LambdaSubscription(notify.alias, { deadLetterQueue: deadLetters.queue }));
    Validations.of(notify.alias).acknowledge({
      id: 'CloudFormation-Validate::W3694',
      reason: 'SNS calls a function by its alias as well: the reference is the ARN of the alias, which is one of a function.',
    });
    return notify;
  }

  #gate(signal: ReleasedFunction): HandlerFunction {
    const gate = new HandlerFunction(this, 'GateHook', {
      limitNamespace: this.#limitNamespace,
      portfolioFiles: [],
      description: 'evenkeel: lets a new version of the signal in when its dry run agrees with itself',
      entry: this.#props.entries.gate,
      memoryMb: FUNCTION_MEMORY_MB.gate,
      timeout: GATE_TIMEOUT,
      environment: {
        [gateEnvironmentNames.version]: signal.version.functionArn,
        [gateEnvironmentNames.portfolios]: this.#props.portfolios.map(({ policy }) => policy.name).join(','),
      },
    });
    // CodeDeploy waits for its report, and takes the release back when none comes: nothing is lost that a queue could keep.
    gate.function.configureAsyncInvoke({ retryAttempts: 0 });
    gate.role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [signal.version.functionArn] }));
    return gate;
  }

  #function(id: string, props: Stated): ReleasedFunction {
    const portfolioFiles = this.#props.portfolios.map(({ file, live }) => (live === undefined ? { file } : { file, live }));
    return new ReleasedFunction(this, id, { portfolioFiles, limitNamespace: this.#limitNamespace, ...props });
  }
}

function byHop(make: (hop: Hop) => DeadLetterQueue): Readonly<Record<Hop, DeadLetterQueue>> {
  return Object.fromEntries(HOPS.map((hop) => [hop, make(hop)])) as Record<Hop, DeadLetterQueue>;
}
