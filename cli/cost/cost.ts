// evenkeel cost: what a deployment costs a month, from its templates and a dated table of prices.
import { type MonthlyCost, monthlyCost } from '../../shared/contracts/cost/monthly-cost.ts';
import { type Cdk, localCdk } from '../deploy/cdk.ts';
import type { Output } from '../output.ts';
import { portfoliosOf } from '../portfolio-folder.ts';
import { type Stage, stageOption } from '../stage-option.ts';
import { costText } from './cost-text.ts';
import { templatesOf } from './templates.ts';

export interface CostOptions {
  readonly stage?: string;
  /** A folder with templates that were synthesized, such as `cdk.out`. */
  readonly from?: string;
}

/** @throws CommandFailure: exit 2 for bad usage or a folder without templates or with a portfolio that is refused, exit 1 when CDK fails. */
export async function cost(options: CostOptions, output: Output, cdk: () => Cdk = localCdk, portfolios = portfoliosOf): Promise<void> {
  const stage = stageOption(options.stage);
  if (options.from === undefined) {
    // CDK would say it too, among its own words.
    await portfolios(stage);
    output.progress('synthesizing …');
  }
  const month = await costOf(stage, options.from, cdk);
  output.progress('');
  output.result({ stage, ...month }, costText(stage, month, output.colors));
}

export async function costOf(stage: Stage, folder: string | undefined, cdk: () => Cdk): Promise<MonthlyCost> {
  return monthlyCost(await templatesOf(stage, folder, cdk));
}
