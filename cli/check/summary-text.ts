// A sound portfolio for people: name, mode, symbols, and its next runs in two clocks.
import { isCleared, type LiveStanding } from '../../shared/contracts/hypothesis/live-standing.ts';
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { LiveOverride } from '../../shared/contracts/portfolio-policy.ts';
import type { Output } from '../output.ts';
import type { PortfolioSummary, RunSummary } from './portfolio-summary.ts';

export function summaryText(summary: PortfolioSummary, colors: Output['colors']): string {
  const mode = summary.mode === 'live' ? colors.red('live') : colors.green('paper');
  const lines = [`${colors.bold(summary.name)}  ${mode}  ${colors.dim(summary.file)}`, `  symbols  ${summary.symbols.join(' ')}`];
  if (summary.capital !== undefined) lines.push(`  capital  ${summary.capital} of the account; the rest stays in cash`);
  if (summary.live !== undefined) {
    lines.push(`  live     ${liveText(summary.live, summary.override, colors)}`);
    for (const { sleeve, kind, subject, code, detail } of summary.live)
      lines.push(`    ${sleeve}, a ${kind}, ${subject.slice(0, 12)}: ${code === 'cleared' ? detail : colors.red(detail)}`);
  }
  if (summary.unowned !== undefined) lines.push(`  unowned  ${colors.red(summary.unowned)}`);
  for (const { name, runs } of summary.schedules) {
    lines.push(`  ${name}  ${colors.dim(runs.length === 0 ? 'no run before the calendar ends' : 'next runs')}`);
    for (const run of runs) lines.push(runText(run, summary.localZone));
  }
  return `${lines.join('\n')}\n`;
}

function liveText(live: readonly LiveStanding[], override: LiveOverride | undefined, { red, green }: Output['colors']): string {
  if (override !== undefined) return red(`${overrideText(override)}${isCleared(live) ? ' (every sleeve is cleared: take it out)' : ''}`);
  return isCleared(live) ? green('every sleeve is cleared') : red('every run is refused (live-without-verdict)');
}

function runText(run: RunSummary, zone: string): string {
  return `    ${run.newYork} New York   ${run.local} ${zone}${run.isEarlyClose ? '   (early close)' : ''}`;
}
