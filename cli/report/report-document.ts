// A report as data: exact text of every figure, null where it is not known.
import { sumOfShortfalls } from '../../shared/core/ledger/shortfall.ts';
import { formatUsd, type MicroUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import { formatPercent, type Ppm } from '../../shared/core/values/weight.ts';
import type { PortfolioReport } from '../../shared/workflow/report/portfolio-report.ts';
import { shortfallDocument } from '../records/run-document.ts';

export type ReportDocument = ReturnType<typeof reportDocument>;

/** Amounts are US dollars, quantities shares; gains are before fees. */
export function reportDocument(report: PortfolioReport) {
  const { portfolio, period, method, runs, lotRemarks, surveillance } = report;
  const known = report.trades.flatMap(({ shortfall }) => shortfall ?? []);
  return {
    portfolio,
    from: period.from,
    to: period.to,
    runs: runs.map(({ runId, session, phase }) => ({
      runId,
      session: String(session),
      phase: phase.kind,
      ending: phase.kind === 'ended' ? phase.ending.kind : null,
      code: phase.kind === 'ended' ? (phase.ending.code ?? null) : null,
      detail: phase.kind === 'ended' ? phase.ending.detail : null,
      override: report.overrides.get(runId) ?? null,
    })),
    trades: report.trades.map(tradeRow),
    /** Of all trades; null where one of them was not measured. */
    shortfall: known.length < report.trades.length ? null : shortfallDocument(sumOfShortfalls(known)),
    orders: report.orders.map(({ quantity, filledQuantity, limitPrice, averageFillPrice, accountNumber, ...order }) => ({
      ...order,
      session: String(order.session),
      accountNumber: accountNumber ?? null,
      quantity: formatShares(quantity),
      filled: formatShares(filledQuantity),
      limitPrice: formatUsd(limitPrice),
      averageFillPrice: usdOrNull(averageFillPrice),
    })),
    positions: positionRows(report),
    account: accountOf(report),
    equity: report.equity.map(({ runId, session, equity, cash }) => ({
      runId,
      session: String(session),
      equity: formatUsd(equity),
      cash: formatUsd(cash),
    })),
    cash: report.flows.map(({ on, kind, word, symbol, amount }) => ({
      on: String(on),
      kind,
      word,
      symbol: symbol ?? null,
      amount: formatUsd(amount),
    })),
    totals: totalsOf(report),
    lotMethod: method,
    lots: report.lots.map(({ symbol, side, quantity, acquired, amount, origin }) => ({
      symbol,
      side,
      quantity: formatShares(quantity),
      acquired: String(acquired),
      amount: usdOrNull(amount),
      origin,
    })),
    gains: report.realised.map(gainRow),
    lotRemarks: lotRemarks.map(({ symbol, on, word, code, quantity, amount }) => ({
      symbol,
      on: String(on),
      word,
      code,
      quantity: formatShares(quantity),
      amount: formatUsd(amount),
    })),
    risk: riskOf(report),
    surveillance: surveillance.map(({ code, session, symbol, orders }) => ({ code, session: String(session), symbol, orders })),
  };
}

function tradeRow({
  runId,
  session,
  symbol,
  side,
  isShort,
  planned,
  filled,
  decision,
  average,
  shortfall,
  residual,
}: PortfolioReport['trades'][number]) {
  return {
    runId,
    session: String(session),
    symbol,
    side,
    isShort,
    planned: formatShares(planned),
    filled: formatShares(filled),
    decision: formatUsd(decision),
    average: usdOrNull(average),
    shortfall: shortfallDocument(shortfall),
    residual: residual === undefined ? null : { ...residual, quantity: formatShares(residual.quantity) },
  };
}

function positionRows({ holdings }: PortfolioReport) {
  if (holdings === undefined) return [];
  const { runId, session } = holdings.run.record;
  return holdings.lines.map(({ symbol, quantity, value, weight, target, drift, isInside, cost }) => ({
    runId,
    session: String(session),
    symbol,
    quantity: formatShares(quantity),
    value: formatUsd(value),
    weight: formatPercent(weight),
    target: formatPercent(target),
    drift: formatPercent(drift),
    isInside,
    cost: usdOrNull(cost),
    unrealised: usdOrNull(cost === undefined ? undefined : value - cost),
  }));
}

/** `change` is what the account gained beside transfers, since the last run before the period or the first in it. */
function accountOf({ before, equity, flows }: PortfolioReport) {
  const [first, last] = [before ?? equity[0], equity.at(-1)];
  if (first === undefined || last === undefined) return null;
  const transfers = flows
    .filter(({ kind, on }) => kind === 'transfer' && on >= first.session && on <= last.session)
    .reduce((sum, { amount }) => sum + amount, 0n);
  return {
    since: first.runId,
    equityBefore: formatUsd(first.equity),
    asOf: last.runId,
    equity: formatUsd(last.equity),
    cash: formatUsd(last.cash),
    transfers: formatUsd(transfers),
    change: formatUsd(last.equity - first.equity - transfers),
  };
}

function totalsOf({ flows, realised }: PortfolioReport) {
  const sumOf = (kind: PortfolioReport['flows'][number]['kind'], isIn?: boolean): string =>
    formatUsd(
      flows
        .filter((flow) => flow.kind === kind && (isIn === undefined || flow.amount > 0n === isIn))
        .reduce((sum, { amount }) => sum + amount, 0n),
    );
  const gainOf = (term: string): string =>
    formatUsd(realised.filter((each) => each.term === term).reduce((sum, { gain }) => sum + (gain ?? 0n), 0n));
  return {
    deposits: sumOf('transfer', true),
    withdrawals: sumOf('transfer', false),
    dividends: sumOf('dividend'),
    interest: sumOf('interest'),
    fees: sumOf('fee'),
    unknown: sumOf('unknown'),
    gainShortTerm: gainOf('short'),
    gainLongTerm: gainOf('long'),
    gainUnknownTerm: gainOf('unknown'),
    /** Sales whose cost or price nobody told: in none of the sums. */
    gainsUnknown: realised.filter(({ gain }) => gain === null).length,
    washSalesFlagged: realised.filter(({ washSale }) => washSale.kind === 'flagged').length,
  };
}

function gainRow({
  symbol,
  side,
  quantity,
  acquired,
  disposed,
  cost,
  proceeds,
  gain,
  term,
  by,
  washSale,
}: PortfolioReport['realised'][number]) {
  return {
    symbol,
    side,
    quantity: formatShares(quantity),
    acquired: String(acquired),
    disposed: String(disposed),
    cost: usdOrNull(cost),
    proceeds: usdOrNull(proceeds),
    gain: usdOrNull(gain),
    term,
    by,
    washSale: washSale.kind,
    /** Dates on which the symbol was acquired again, or the last on which that would count. */
    washDates: washSale.kind === 'flagged' ? washSale.acquired.map(String) : washSale.kind === 'open' ? [String(washSale.until)] : [],
  };
}

function riskOf({ risk: { breaker, stress, tail } }: PortfolioReport) {
  const lossOf = (scenario: { readonly loss: Ppm; readonly on?: string } | undefined) =>
    scenario === undefined ? null : { loss: formatPercent(scenario.loss), on: scenario.on ?? null };
  return {
    breaker:
      breaker === undefined
        ? null
        : {
            level: breaker.level,
            drawdown: formatPercent(breaker.drawdown),
            dayLoss: formatPercent(breaker.dayLoss),
            mark: formatUsd(breaker.mark),
          },
    stress:
      stress === undefined
        ? null
        : { day: lossOf(stress.day), week: lossOf(stress.week), shock: lossOf(stress.shock), correlated: lossOf(stress.correlated) },
    tail: {
      returns: tail.returns,
      levels: tail.levels.map(({ level, valueAtRisk, expectedShortfall }) => ({
        level,
        valueAtRisk: formatPercent(valueAtRisk),
        expectedShortfall: formatPercent(expectedShortfall),
      })),
    },
  };
}

function usdOrNull(amount: MicroUsd | null | undefined): string | null {
  return amount === null || amount === undefined ? null : formatUsd(amount);
}
