// The trial ledger that a command counts in: a file, or, by the word `deployed`, that of a deployment, which several people share.
import { FileTrialLedger } from '../shared/adapters/local/file-trial-ledger.ts';
import { environmentNames } from '../shared/contracts/environment.ts';
import { stageOfSecretPrefix } from '../shared/contracts/secret-prefix.ts';
import { stackNamesOf } from '../shared/contracts/stack-names.ts';
import type { CloudAccount } from '../shared/ports/cloud-account.ts';
import type { TrialLedger } from '../shared/ports/trial-ledger.ts';
import { CommandFailure } from './failure.ts';
import { DEPLOYED_LEDGER } from './ledger-option.ts';
import { type Stage, stageOption } from './stage-option.ts';

/**
 * @param place a file, or `deployed`.
 * @throws CommandFailure, exit 2, for a stage that is not deployed; OutsideError where AWS does not answer.
 */
export async function openTrialLedger(place: string, stage: string | undefined): Promise<TrialLedger> {
  if (place !== DEPLOYED_LEDGER) return new FileTrialLedger(place);
  const [{ deployedTrialLedger }, { awsCloudAccount }] = await Promise.all([
    import('../shared/wiring/aws-trials.ts'),
    import('../shared/wiring/aws-cloud.ts'),
  ]);
  return deployedTrialLedger(await stateTableOf(stageOption(stage), awsCloudAccount));
}

/** By the variables of a deployment where they are of this stage, else as its stack says. */
async function stateTableOf(stage: Stage, cloud: () => CloudAccount): Promise<string> {
  const named = process.env[environmentNames.table] ?? '';
  if (named !== '' && stageOfSecretPrefix(process.env[environmentNames.secretPrefix] ?? '') === stage) return named;
  const { state } = stackNamesOf(stage);
  const table = (await cloud().stack(state))?.outputs['TableName'];
  if (table !== undefined) return table;
  throw new CommandFailure('not-deployed', `there is no stack ${state} in this account and region: npx evenkeel deploy makes it`, {
    exitCode: 2,
  });
}
