// What a deployment costs a month: its templates say what is there and how often it is called, the assumptions what a call
// takes, the table what that costs. The free allowances of the account are shown apart, because another program may use them up.
import { measureNames, metricNames } from '../metric-names.ts';
import { USUAL, type UsageAssumptions } from './assumptions.ts';
import { PRICES_AS_OF, type Price, type Priced, prices } from './prices.ts';
import { type Template, templateFacts } from './template-facts.ts';

export interface CostLine {
  readonly priced: Priced;
  readonly quantity: number;
  readonly unit: string;
  /** Without the free allowance, in dollars. */
  readonly gross: number;
  /** What the free allowance takes off. */
  readonly free: number;
  readonly net: number;
  readonly source: string;
}

export interface MonthlyCost {
  readonly pricesAsOf: string;
  /** The dearest first. */
  readonly lines: readonly CostLine[];
  readonly gross: number;
  readonly free: number;
  readonly net: number;
  /** Types of resources that nobody has looked up: the figures are without them. */
  readonly unpriced: readonly string[];
}

const HOURS_OF_MONTH = 730;
const KB_OF_GB = 1_000_000;
/** The functions read their keys again from time to time; each process at its first call. */
const SECRET_READS_OF_CALL = 1;
/** Advance, Done?, WaitForMarket. */
const TRANSITIONS_OF_TURN = 3;

/** @param templates those of all stacks of one stage, as they were synthesized. */
export function monthlyCost(templates: readonly Template[], assumptions: UsageAssumptions = USUAL): MonthlyCost {
  const { usage, unpriced } = usageOf(templates, assumptions);
  const lines = Object.entries(usage)
    .map(([priced, quantity]) => lineOf(priced as Priced, quantity))
    .sort((one, other) => other.gross - one.gross);
  const sum = (part: 'gross' | 'free' | 'net'): number => lines.reduce((total, line) => total + line[part], 0);
  return { pricesAsOf: PRICES_AS_OF, lines, gross: sum('gross'), free: sum('free'), net: sum('net'), unpriced };
}

function lineOf(priced: Priced, quantity: number): CostLine {
  const { usd, per, unit, free, source }: Price = prices[priced];
  const gross = (quantity * usd) / per;
  const taken = (Math.min(quantity, free) * usd) / per;
  return { priced, quantity, unit, gross, free: taken, net: gross - taken, source };
}

function usageOf(
  templates: readonly Template[],
  assumed: UsageAssumptions,
): { usage: Record<Priced, number>; unpriced: readonly string[] } {
  const facts = templateFacts(templates);
  const { sessions, days } = assumed;
  const fired = facts.weekdayCrons * (sessions + 1) + facts.dailyCrons * days;
  const runs = facts.schedules * sessions;
  const turns = runs * assumed.turnsOfRun;
  const messages = facts.portfolios * sessions * assumed.messagesOfSession;
  const calls = fired + turns + messages;
  const seconds =
    runs * assumed.signalSeconds +
    turns * assumed.turnSeconds +
    facts.dailyCrons * days * assumed.watchdogSeconds +
    messages * assumed.messageSeconds;
  const series = Object.keys(metricNames).length + Object.keys(measureNames).length * facts.portfolios;
  const recordedGb = (runs * assumed.recordKb * assumed.monthsKept) / KB_OF_GB;
  const usage: Record<Priced, number> = {
    secrets: facts.secrets,
    secretReads: calls * SECRET_READS_OF_CALL,
    keyUses: calls * SECRET_READS_OF_CALL,
    alarmMetrics: facts.alarmMetrics,
    customMetrics: (series * sessions * assumed.metricHoursOfSession) / HOURS_OF_MONTH,
    dashboards: facts.dashboards,
    logs: (calls * assumed.logKbOfCall) / KB_OF_GB,
    functionSeconds: (seconds * facts.memoryMbMax) / 1024,
    functionCalls: calls,
    transitions: turns * TRANSITIONS_OF_TURN,
    scheduled: fired,
    // Each turn writes the record twice at most, and reads it, the switch, the ledger and the mark.
    tableWrites: (turns * 2 + messages * 2) * assumed.recordKb,
    tableReads: (calls * 4 * assumed.recordKb) / 4,
    tableStorage: recordedGb,
    tableRecovery: recordedGb,
    objectWrites: runs * assumed.artifactsOfRun,
    objectReads: (runs + fired) * assumed.artifactsOfRun,
    objectStorage: (runs * assumed.artifactsMbOfRun * assumed.monthsKept) / 1_000,
    messages,
    mails: messages,
  };
  return { usage, unpriced: facts.unpriced };
}
