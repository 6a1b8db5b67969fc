// A sound portfolio for people: name, mode, symbols, and its next runs in two clocks.
import type { Output } from '../output.ts';
import type { PortfolioSummary, RunSummary } from './portfolio-summary.ts';

export function summaryText(summary: PortfolioSummary, colors: Output['colors']): string {
  const mode = summary.mode === 'live' ? colors.red('live') : colors.green('paper');
  const lines = [`${colors.bold(summary.name)}  ${mode}  ${colors.dim(summary.file)}`, `  symbols  ${summary.symbols.join(' ')}`];
  if (summary.capital !== undefined) lines.push(`  capital  ${summary.capital} of the account; the rest stays in cash`);
  if (summary.live !== undefined) {
    lines.push(`  live     ${colors.red('every run is refused: no run reads a verdict yet (live-without-verdict)')}`);
    for (const { sleeve, kind, strategy, standing } of summary.live)
      lines.push(`    ${sleeve}, a ${kind}, ${strategy.slice(0, 12)}: ${standing}`);
  }
  if (summary.unowned !== undefined) lines.push(`  unowned  ${colors.red(summary.unowned)}`);
  for (const { name, runs } of summary.schedules) {
    lines.push(`  ${name}  ${colors.dim(runs.length === 0 ? 'no run before the calendar ends' : 'next runs')}`);
    for (const run of runs) lines.push(runText(run, summary.localZone));
  }
  return `${lines.join('\n')}\n`;
}

function runText(run: RunSummary, zone: string): string {
  return `    ${run.newYork} New York   ${run.local} ${zone}${run.isEarlyClose ? '   (early close)' : ''}`;
}
