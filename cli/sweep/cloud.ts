// A sweep in the cloud for whoever types it: where it runs, what it costs, how far it is, and how to come back to it.
import { setTimeout as wait } from 'node:timers/promises';
import { type CloudPlan, CloudSweepFailed, CloudSweepRefused, cloudSweep } from '../../research/sweep/cloud/cloud-sweep.ts';
import { countCloudTrials } from '../../research/sweep/cloud/count-cloud-trials.ts';
import { sweepCost } from '../../shared/contracts/cost/sweep-cost.ts';
import { sweepStackNameOf } from '../../shared/contracts/stack-names.ts';
import { sweepOutputs } from '../../shared/contracts/sweep-batch.ts';
import type { SweepEngine, SweepStanding } from '../../shared/ports/sweep-engine.ts';
import type { SweepStore } from '../../shared/ports/sweep-store.ts';
import { CommandFailure } from '../failure.ts';
import { untilInterrupted } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { stageOption } from '../stage-option.ts';
import type { SweepUnderWay } from './under-way.ts';

export interface CloudDesk {
  readonly store: SweepStore;
  readonly engine: SweepEngine;
  readonly wait: (ms: number) => Promise<void>;
}

/** @throws CommandFailure, exit 2, where the stage has no stack of sweeps; OutsideError where AWS does not answer. */
export async function deployedDesk(asked: string | undefined): Promise<CloudDesk> {
  const stage = stageOption(asked);
  const [{ awsSweeps }, { awsCloudAccount }] = await Promise.all([
    import('../../shared/wiring/aws-sweeps.ts'),
    import('../../shared/wiring/aws-cloud.ts'),
  ]);
  const name = sweepStackNameOf(stage);
  const { [sweepOutputs.bucket]: bucket, [sweepOutputs.machine]: machine } = (await awsCloudAccount().stack(name))?.outputs ?? {};
  if (bucket === undefined || machine === undefined)
    throw new CommandFailure(
      'not-deployed',
      `there is no stack ${name} in this account and region: npx cdk deploy ${name} -c stage=${stage} -c sweep=on makes it`,
      { exitCode: 2 },
    );
  return { ...awsSweeps(bucket, machine), wait: (ms) => wait(ms) };
}

/** @throws CommandFailure, exit 1, when it was left to itself, was refused or has failed; TrialRefused. */
export async function sweepInCloud(underWay: SweepUnderWay, desk: CloudDesk, output: Output): Promise<void> {
  const { kind, inputs, identity, variant, places, counted, workers, onRow } = underWay;
  if (places.length === 0) return;
  try {
    const swept = await untilInterrupted(output, 'Leaving it to itself', (isStopped) =>
      cloudSweep({
        ...{ sweep: identity, kind, inputs, variant, places, onRow, ...desk, isStopped },
        ...(workers === undefined ? {} : { workers }),
        ...(counted === undefined ? {} : { count: countCloudTrials(counted, counted.span) }),
        onStart: (plan) => output.note(planText(plan)),
        onProgress: (standing) => output.progress(progressText(standing)),
      }),
    );
    if (swept !== 'finished') throw new CommandFailure('interrupted', leftText(swept, identity), { exitCode: 1 });
  } catch (error) {
    if (error instanceof CloudSweepRefused) throw new CommandFailure(error.code, error.message, { exitCode: 1, cause: error });
    if (!(error instanceof CloudSweepFailed)) throw error;
    const goOn = 'what was finished is here, and the same command with --resume runs the rest';
    throw new CommandFailure('sweep-failed', `${error.message}; ${goOn}`, { exitCode: 1, cause: error });
  }
}

function planText(plan: CloudPlan): string {
  const { variants, batch, workers } = plan;
  const cost = sweepCost(plan);
  return `${variants} variants, ${batch} in a call, ${workers} calls at a time, for about $${cost < 0.01 ? '0.01' : cost.toFixed(2)}; Ctrl-C leaves it running`;
}

function progressText({ finished, all }: Extract<SweepStanding, { kind: 'running' }>): string {
  return all === 0 ? 'being handed out …' : `${finished} of ${all} variants in the cloud`;
}

function leftText(swept: 'left-running' | 'not-started', identity: string): string {
  return swept === 'left-running'
    ? `the sweep ${identity.slice(0, 12)} goes on in the cloud; the same command with --resume follows it and fetches its rows`
    : 'nothing was started; the same command with --resume starts it';
}
