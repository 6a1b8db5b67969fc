// What a person looks at first: did runs take place, what became of orders, how the portfolio stands, what waits. The names of
// all metrics come from the contract that the program counts by.
import { Duration } from 'aws-cdk-lib';
import { Color, Dashboard, GraphWidget, type IMetric, type IWidget, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  METRIC_NAMESPACE,
  type MeasureName,
  measureNames,
  metricNames,
  metricServiceOf,
  PORTFOLIO_DIMENSION,
  SERVICE_DIMENSION,
} from '../../shared/contracts/metric-names.ts';
import type { Stage } from '../stage.ts';
import type { Hop } from './catalogue-alarms.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { HandlerFunction } from './handler-function.ts';

export interface OperationsDashboardProps {
  readonly stage: Stage;
  readonly portfolios: readonly string[];
  readonly deadLetters: Readonly<Record<Hop, DeadLetterQueue>>;
  readonly functions: Readonly<Record<'signal' | 'execution', HandlerFunction>>;
}

const DAY = Duration.days(1);
const HALF = 12;
const PERCENTILES = [50, 95, 99] as const;

export class OperationsDashboard extends Construct {
  readonly #props: OperationsDashboardProps;

  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    this.#props = props;
    const { runsStarted, runsCompleted, runsWithResiduals, runsNothingToTrade, runsRefused, runsUnresolved } = metricNames;
    const { ordersSubmitted, ordersFilled, ordersUnfilled, ordersRejected, tradesDenied, submissionsUnknown } = metricNames;
    const dashboard = new Dashboard(this, 'Resource', { dashboardName: `evenkeel-${props.stage}`, defaultInterval: Duration.days(90) });
    dashboard.addWidgets(
      this.#counts('Runs', [runsStarted, runsCompleted, runsWithResiduals, runsNothingToTrade, runsRefused, runsUnresolved]),
      this.#counts('Orders by outcome', [ordersSubmitted, ordersFilled, ordersUnfilled, ordersRejected, tradesDenied, submissionsUnknown]),
    );
    dashboard.addWidgets(
      this.#measures('Equity, USD', measureNames.equityUsd),
      this.#measures('Drawdown, %', measureNames.drawdownPercent),
    );
    dashboard.addWidgets(
      this.#measures('Largest drift at the end of a run, %', measureNames.driftPercent),
      this.#measures('Implementation shortfall, USD', measureNames.shortfallUsd),
    );
    dashboard.addWidgets(this.#latency('signal'), this.#latency('execution'));
    dashboard.addWidgets(this.#brokerLatency(), this.#measures('From due to done, seconds', measureNames.runSeconds));
    dashboard.addWidgets(this.#deadLetters(), this.#counts('Watchdog', [metricNames.watchdogHeartbeat, metricNames.watchdogFindings]));
  }

  #counts(title: string, names: readonly string[]): IWidget {
    return graph(
      title,
      names.map((name) => this.#metric(name, Stats.SUM, DAY)),
    );
  }

  /** One line a portfolio. */
  #measures(title: string, name: MeasureName): IWidget {
    return graph(
      title,
      this.#props.portfolios.map((portfolio) => this.#metric(name, Stats.MAXIMUM, DAY, { [PORTFOLIO_DIMENSION]: portfolio }, portfolio)),
    );
  }

  #latency(hop: 'signal' | 'execution'): IWidget {
    const duration = (statistic: string) =>
      this.#props.functions[hop].function.metricDuration({ statistic, period: DAY, label: statistic });
    return graph(
      `Latency of ${hop}, ms`,
      PERCENTILES.map((each) => duration(Stats.percentile(each))),
    );
  }

  #brokerLatency(): IWidget {
    const metrics = PERCENTILES.map((each) => this.#metric(measureNames.brokerRequestMs, Stats.percentile(each), DAY, {}, `p${each}`));
    return graph('Latency of the broker, ms', metrics);
  }

  #deadLetters(): IWidget {
    const metrics = Object.entries(this.#props.deadLetters).map(([hop, { queue }]) =>
      queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label: hop }),
    );
    const all = metrics.map((_, index) => `m${index}`);
    const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
    const any = new MathExpression({ expression: `SUM([${all.join(', ')}])`, usingMetrics, label: 'all', color: Color.RED });
    return graph('Dead letters', [any, ...metrics]);
  }

  #metric(
    metricName: string,
    statistic: string,
    period: Duration,
    dimensions: Record<string, string> = {},
    label: string = metricName,
  ): Metric {
    const dimensionsMap = { [SERVICE_DIMENSION]: metricServiceOf(this.#props.stage), ...dimensions };
    return new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap, statistic, period, label });
  }
}

function graph(title: string, left: readonly IMetric[]): IWidget {
  return new GraphWidget({ title, left: [...left], width: HALF, leftYAxis: { showUnits: false } });
}
