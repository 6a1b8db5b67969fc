// The CDK app: `npx cdk synth`, and `-c stage=live` for real money. It deploys the portfolio files of that stage.
import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { deploymentOptions } from '../lib/deployment-options.ts';
import { RefusedDeployment } from '../lib/refused-deployment.ts';
import { addStacks } from '../lib/stacks.ts';
import { stageOf } from '../lib/stage.ts';
import { sourceHash } from '../shared/adapters/local/source-hash.ts';
import { assertNodeVersion } from './node-version.ts';
import { readPortfolioFolder } from './portfolio-folder.ts';

const folder = resolve(import.meta.dirname, '../portfolios');

try {
  assertNodeVersion(process.versions.node);
  const app = new App();
  const stage = stageOf(app.node.tryGetContext('stage'));
  const options = deploymentOptions((name) => app.node.tryGetContext(name));
  const portfolios = readPortfolioFolder(folder).filter(({ policy }) => policy.account.mode === stage);
  addStacks(app, { stage, options, portfolios, source: sourceHash() });
} catch (error) {
  if (!(error instanceof RefusedDeployment)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
