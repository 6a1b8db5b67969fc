// Which of the two deployments a command means, where nothing else says it.

import { environmentNames } from '../shared/contracts/environment.ts';
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';
import { stageOfSecretPrefix } from '../shared/contracts/secret-prefix.ts';
import { CommandFailure } from './failure.ts';

export type Stage = PortfolioPolicy['account']['mode'];

export const STAGE_OPTION = '--stage <stage>';
export const STAGE_MEANS = 'paper or live; left out, the one of the EVENKEEL_… variables, else paper';

/** @throws CommandFailure, exit 2 */
export function stageOption(text: string | undefined): Stage {
  if (text === 'paper' || text === 'live') return text;
  if (text !== undefined) throw new CommandFailure('usage', `--stage ${JSON.stringify(text)}: expected paper or live`, { exitCode: 2 });
  return stageOfSecretPrefix(process.env[environmentNames.secretPrefix] ?? '') ?? 'paper';
}
