// The readiness page: what was run for each requirement, and what came of it.
import { COMMANDS } from './commands.ts';
import type { Judged, JudgedRow } from './judge.ts';

const VERDICTS = { passed: 'passed', failed: '**FAILED**', 'not-run': '**NOT RUN**', gap: '**GAP**' } as const;

export interface Occasion {
  /** Day of the run. */
  readonly date: string;
  readonly commit: string;
  readonly node: string;
}

export function readinessText(rows: readonly JudgedRow[], { date, commit, node }: Occasion): string {
  const counts = (Object.keys(VERDICTS) as JudgedRow['verdict'][]).map((verdict) => {
    const count = rows.filter((each) => each.verdict === verdict).length;
    return `${count} ${VERDICTS[verdict].replaceAll('*', '').toLowerCase()}`;
  });
  return `# Readiness

Written by \`npm run readiness\`, never by hand: it runs the checks below and puts down what came of them. Run on ${date} with Node ${node}, at commit ${commit}.

**${rows.length} requirements: ${counts.join(', ')}.** A row is passed when all of its checks ran and passed, and nothing is known to be missing. One without a check is a gap. One whose checks were left out was not run, and is not passed.

| id | requirement | checks that were run | result |
|---|---|---|---|
${rows.map(rowText).join('\n')}
`;
}

function rowText({ id, says, judged, gaps, verdict }: JudgedRow): string {
  const checks = judged.length === 0 ? 'none' : judged.map(checkText).join('<br>');
  const result = [VERDICTS[verdict], ...gaps].join('<br>');
  return `| ${id} | ${says} | ${checks} | ${result} |`;
}

function checkText({ check, ran, verdict }: Judged): string {
  const typed =
    check.kind === 'tests' ? `npx vitest run ${check.path}` : (COMMANDS.find(({ name }) => name === check.name)?.typed ?? check.name);
  if (ran === undefined) return `\`${typed}\`: ${VERDICTS[verdict]}`;
  const failed = ran.failed === 0 ? '' : `, ${ran.failed} failed`;
  const skipped = ran.skipped === 0 ? '' : `, ${ran.skipped} skipped`;
  return check.kind === 'tests'
    ? `\`${typed}\`: ${ran.passed} passed${failed}${skipped}`
    : `\`${typed}\`: ${ran.failed === 0 ? 'ended with 0' : '**FAILED**'}`;
}
