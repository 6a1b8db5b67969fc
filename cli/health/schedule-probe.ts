// Whether what the portfolio files say is what is deployed: a schedule without its cron never fires, and nothing shows it.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { stackNamesOf } from '../../shared/contracts/stack-names.ts';
import type { CloudAccount } from '../../shared/ports/cloud-account.ts';
import type { Stage } from '../stage-option.ts';
import { good, type Probe } from './health.ts';

const SCHEDULE = 'AWS::Scheduler::Schedule';

export function scheduleProbe(stage: Stage, policies: readonly PortfolioPolicy[], cloud: Pick<CloudAccount, 'resources'>): Probe {
  return {
    part: 'schedules',
    look: async () => {
      const { compute } = stackNamesOf(stage);
      const deployed = await cloud.resources(compute, SCHEDULE);
      if (deployed.length === 0) return { state: 'bad', detail: `the stack ${compute} has none: npx evenkeel deploy` };
      const missing = policies.flatMap(({ name, schedules }) =>
        schedules.map((schedule) => `${name}/${schedule.name}`).filter((each) => !deployed.some((id) => id.includes(lettersOf(each)))),
      );
      if (missing.length > 0) return { state: 'bad', detail: `not deployed: ${missing.join(', ')}: npx evenkeel deploy` };
      return good(`${deployed.length} crons, every schedule of the files among them`);
    },
  };
}

/** CloudFormation's ids have letters and digits only. */
function lettersOf(text: string): string {
  return text.replace(/[^a-z0-9]/gi, '');
}
