// The tear sheet of a backtest: one HTML file that needs nothing beside it. Pure: the same inputs give the same bytes, on any machine
// and in any language. It refuses to reckon what metrics and result already say.
import type { BacktestResult } from '../backtest/backtest-result.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { pageMarkup } from './page.ts';
import type { TearSheetExtras } from './report-inputs.ts';
import { calendarSection } from './sections/calendar.ts';
import { conventionsSection } from './sections/conventions.ts';
import { costsSection } from './sections/costs.ts';
import { distributionSection } from './sections/distribution.ts';
import { equitySection } from './sections/equity.ts';
import { fallsSection } from './sections/falls.ts';
import { figuresSection } from './sections/figures.ts';
import { holdingsSection } from './sections/holdings.ts';
import { rollingSection } from './sections/rolling.ts';
import type { Section } from './sections/section.ts';
import { sensitivitySection } from './sections/sensitivity.ts';
import { summarySection } from './sections/summary.ts';
import { tradesSection } from './sections/trades.ts';
import { validationSection } from './sections/validation.ts';
import { verdictSection } from './sections/verdict.ts';
import { warningsSection } from './sections/warnings.ts';
import { sheetOf } from './sheet.ts';

/**
 * @param metrics of the result, with the benchmark of `extras` where there is one.
 * @param extras what was not done is left out, and so is its section.
 */
export function tearSheet(result: BacktestResult, metrics: Metrics, extras: TearSheetExtras): string {
  const sheet = sheetOf(result, metrics, extras);
  const sections: readonly (Section | undefined)[] = [
    summarySection(sheet),
    verdictSection(sheet),
    warningsSection(sheet),
    equitySection(sheet),
    fallsSection(sheet),
    calendarSection(sheet),
    rollingSection(sheet),
    distributionSection(sheet),
    holdingsSection(sheet),
    costsSection(sheet),
    sensitivitySection(sheet),
    validationSection(sheet),
    figuresSection(sheet),
    tradesSection(sheet),
    conventionsSection(sheet),
  ];
  return pageMarkup(
    sheet,
    sections.filter((section) => section !== undefined),
  );
}
