// What AWS asks for what we use, in Northern Virginia (us-east-1), before tax. Other regions cost up to a fifth more. The figures
// are of the day below, from copies of AWS's own pages where one was at hand: the live pages win.

export const PRICES_AS_OF = '2026-11-21';

export interface Price {
  readonly usd: number;
  /** How many units that is for. */
  readonly per: number;
  readonly unit: string;
  /** Units a month that every account has for nothing, for as long as it exists. What ends after a year is not counted. */
  readonly free: number;
  readonly source: string;
}

const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const SECRETS_MANAGER = 'https://aws.amazon.com/secrets-manager/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';

const MILLION = 1_000_000;

export const prices = {
  secrets: { usd: 0.4, per: 1, unit: 'secret-month', free: 0, source: SECRETS_MANAGER },
  secretReads: { usd: 0.05, per: 10_000, unit: 'request', free: 0, source: SECRETS_MANAGER },
  /** Each metric of an expression counts. */
  alarmMetrics: { usd: 0.1, per: 1, unit: 'alarm metric-month', free: 10, source: CLOUDWATCH },
  /** Counted by the hour in which a metric is sent. */
  customMetrics: { usd: 0.3, per: 1, unit: 'metric-month', free: 10, source: CLOUDWATCH },
  dashboards: { usd: 3, per: 1, unit: 'dashboard-month', free: 3, source: CLOUDWATCH },
  /** Ingested; of what is kept, the same allowance takes care. */
  logs: { usd: 0.5, per: 1, unit: 'GB', free: 5, source: CLOUDWATCH },
  /** On arm64. */
  functionSeconds: { usd: 0.0000133334, per: 1, unit: 'GB-second', free: 400_000, source: LAMBDA },
  functionCalls: { usd: 0.2, per: MILLION, unit: 'call', free: MILLION, source: LAMBDA },
  transitions: { usd: 0.025, per: 1_000, unit: 'state transition', free: 4_000, source: 'https://aws.amazon.com/step-functions/pricing/' },
  scheduled: { usd: 1, per: MILLION, unit: 'event', free: 14 * MILLION, source: 'https://aws.amazon.com/eventbridge/pricing/' },
  /** Units of 1 KB. */
  tableWrites: { usd: 0.625, per: MILLION, unit: 'write unit', free: 0, source: DYNAMODB },
  /** Units of 4 KB, strongly consistent. */
  tableReads: { usd: 0.125, per: MILLION, unit: 'read unit', free: 0, source: DYNAMODB },
  tableStorage: { usd: 0.25, per: 1, unit: 'GB-month', free: 25, source: DYNAMODB },
  tableRecovery: { usd: 0.2, per: 1, unit: 'GB-month', free: 0, source: DYNAMODB },
  objectWrites: { usd: 0.005, per: 1_000, unit: 'request', free: 0, source: S3 },
  objectReads: { usd: 0.0004, per: 1_000, unit: 'request', free: 0, source: S3 },
  objectStorage: { usd: 0.023, per: 1, unit: 'GB-month', free: 0, source: S3 },
  messages: { usd: 0.5, per: MILLION, unit: 'message', free: MILLION, source: SNS },
  mails: { usd: 2, per: 100_000, unit: 'mail', free: 1_000, source: SNS },
  keyUses: { usd: 0.03, per: 10_000, unit: 'request', free: 20_000, source: 'https://aws.amazon.com/kms/pricing/' },
} as const satisfies Readonly<Record<string, Price>>;

export type Priced = keyof typeof prices;
