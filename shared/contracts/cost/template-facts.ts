// What synthesized templates say of a deployment's cost: what is there, and how often the clock calls it.

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** As CloudFormation reads it; nothing but the resources is looked at. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

export interface TemplateFacts {
  readonly secrets: number;
  readonly dashboards: number;
  /** Each metric of an expression, of all alarms. */
  readonly alarmMetrics: number;
  /** Portfolios and their schedules, by the events that are sent for them. */
  readonly portfolios: number;
  readonly schedules: number;
  readonly weekdayCrons: number;
  readonly dailyCrons: number;
  /** Of the largest function. */
  readonly memoryMbMax: number;
  readonly unpriced: readonly string[];
}

/** Priced by what they do, or free: looked up one by one. Rules and rights cost nothing. */
const KNOWN = new Set([
  // Two budgets of an account are free, and without actions all are.
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  // Free for functions.
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  // Code is kept for nothing up to 75 GB.
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  // Asked for nothing but dead letters: a million requests are free.
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

export function templateFacts(templates: readonly Template[]): TemplateFacts {
  const resources = templates.flatMap(({ Resources = {} }) => Object.values(Resources));
  const of = (type: string): readonly Readonly<Record<string, unknown>>[] =>
    resources.filter(({ Type }) => Type === type).map(({ Properties = {} }) => Properties);
  const crons = of('AWS::Scheduler::Schedule');
  const daily = crons.filter(({ ScheduleExpression }) => !String(ScheduleExpression).includes('MON-FRI'));
  const events = crons.flatMap((each) => portfolioEvent(each) ?? []);
  return {
    secrets: of('AWS::SecretsManager::Secret').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    alarmMetrics: of('AWS::CloudWatch::Alarm').reduce((sum, each) => sum + metricsOf(each), 0),
    portfolios: new Set(events.map(({ portfolio }) => portfolio)).size,
    schedules: new Set(events.map(({ portfolio, schedule }) => `${portfolio}/${schedule}`)).size,
    weekdayCrons: crons.length - daily.length,
    dailyCrons: daily.length,
    memoryMbMax: Math.max(0, ...of('AWS::Lambda::Function').map(({ MemorySize }) => Number(MemorySize ?? 128))),
    unpriced: [...new Set(resources.map(({ Type }) => Type))].filter((type) => !KNOWN.has(type)).sort(),
  };
}

function metricsOf({ Metrics }: Readonly<Record<string, unknown>>): number {
  return Array.isArray(Metrics) ? Metrics.filter((each: { MetricStat?: unknown }) => each.MetricStat !== undefined).length : 1;
}

/** undefined for the watchdog's. */
function portfolioEvent({ Target }: Readonly<Record<string, unknown>>): { portfolio: string; schedule: string } | undefined {
  const { Input } = (Target ?? {}) as { readonly Input?: unknown };
  const event: { readonly portfolio?: unknown; readonly schedule?: unknown } = typeof Input === 'string' ? JSON.parse(Input) : {};
  if (typeof event.portfolio !== 'string' || typeof event.schedule !== 'string') return undefined;
  return { portfolio: event.portfolio, schedule: event.schedule };
}
