// What the guide to deployment has to be copied is taken as it stands.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';

const GUIDE = readFileSync(new URL('../../docs/guides/deploy.md', import.meta.url), 'utf8');
const REST = `portfolio: main
schedules:
  monthly: { at: close-25m, every: month }
sleeves:
  core:
    capital: 100%
    strategy: { specified: { VTI: 60%, BND: 40% } }
`;

it('shows an account that may trade live by override, and a portfolio takes it word by word', () => {
  const [account = ''] = [...GUIDE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
  expect(parsePortfolioFile(`${REST}${account}`, 'main.yaml')).toMatchObject({
    policy: { account: { mode: 'live', override: { by: 'anna', reason: 'a first order of ten dollars, watched by hand' } } },
  });
});
