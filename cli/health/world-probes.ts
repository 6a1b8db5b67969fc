// Everything that is looked at of a deployment, and of the state of a demo.
import { environmentNames } from '../../shared/contracts/environment.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { AwsWorld } from '../../shared/wiring/aws.ts';
import { awsCloudAccount } from '../../shared/wiring/aws-cloud.ts';
import { awsOperations } from '../../shared/wiring/aws-operations.ts';
import type { LocalState } from '../../shared/wiring/local-state.ts';
import { secretsDesk } from '../../shared/wiring/secrets-desk.ts';
import { brokerProbe, dataProbe } from './account-probes.ts';
import { dueProbe } from './due-probe.ts';
import { good, type Probe } from './health.ts';
import { scheduleProbe } from './schedule-probe.ts';
import { secretProbe } from './secret-probe.ts';
import { deadLetterProbe, stateProbes } from './state-probes.ts';

export function deploymentProbes(world: AwsWorld, policies: readonly PortfolioPolicy[]): readonly Probe[] {
  const { stage, clock, runStore } = world;
  const now = () => clock.now();
  const { vault } = secretsDesk();
  return [
    ...stateProbes(world),
    ...operationsProbes(),
    ...(stage === undefined ? [] : [scheduleProbe(stage, policies, awsCloudAccount())]),
    ...policies.flatMap((policy) => {
      const { name, number } = policy.account;
      const { broker, marketData } = world.portsFor(policy, `status ${policy.name}`);
      return [
        dueProbe(policy, runStore, now),
        secretProbe(name, `${process.env[environmentNames.secretPrefix] ?? ''}${name}`, vault, now),
        brokerProbe(name, broker, number),
        dataProbe(policy, marketData, now),
      ];
    }),
  ];
}

function operationsProbes(): readonly Probe[] {
  try {
    const { deadLetters, executions } = awsOperations(process.env);
    const engine: Probe = {
      part: 'engine',
      look: async () =>
        (await executions.isReady()) ? good('takes executions') : { state: 'bad', detail: 'there is no such state machine' },
    };
    return [engine, deadLetterProbe(deadLetters)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const detail = `not looked at: ${why}; the compute stack prints it as OperatorEnvironment`;
    return [{ part: 'engine and queues', look: async () => ({ state: 'odd', detail }) }];
  }
}

/** A demo that does not run has no engine, no schedules and no secrets, and its prices stand still. */
export function demoProbes(state: LocalState): readonly Probe[] {
  return [...stateProbes(state), deadLetterProbe(state.deadLetters), demoAccountProbe(state.broker)];
}

/** What it is worth would need the prices, with which only `evenkeel plan` opens it. */
function demoAccountProbe(broker: LocalState['broker']): Probe {
  return {
    part: 'broker of the demo',
    look: async () => good(`account ${(await broker.account()).accountNumber} is there, and its market stands still`),
  };
}
