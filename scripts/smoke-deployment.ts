// Asks what was just deployed for the dry run of every portfolio: `node scripts/smoke-deployment.ts OUTPUTS`, the file that
// `cdk deploy --outputs-file` wrote. Ends with 1 when one has not passed, or when there was nothing to ask.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientSettings } from '../shared/adapters/aws/client-settings.ts';
import { WaitingVersion } from '../shared/adapters/aws/waiting-version.ts';
import { operatorEnvironmentNames } from '../shared/contracts/environment.ts';
import { parsePortfolioFile } from '../shared/contracts/portfolio-file.ts';

const DRY_RUN_TIMEOUT_MS = 150_000;
const folder = resolve(import.meta.dirname, '../portfolios');

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: smoke-deployment OUTPUTS');
const outputs: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(readFileSync(file, 'utf8'));
const lambda = new LambdaClient(clientSettings({ requestTimeoutMs: DRY_RUN_TIMEOUT_MS, attemptsMax: 1 }));

/** `NAME:ALIAS` of the signal function, from what the stack prints for its owner. */
function signalOf(operatorEnvironment: string): string {
  const pattern = new RegExp(`(?:^| )${operatorEnvironmentNames.functions}=(?:\\S*,)?signal=([^,\\s]+)`);
  const found = pattern.exec(operatorEnvironment)?.[1];
  if (found === undefined) throw new Error(`no signal function in ${operatorEnvironmentNames.functions}`);
  return found;
}

function portfoliosOf(stage: string): readonly string[] {
  return globSync('*.{yaml,yml}', { cwd: folder })
    .sort()
    .flatMap((name) => {
      const reading = parsePortfolioFile(readFileSync(resolve(folder, name), 'utf8'), name, (path) =>
        readFileSync(resolve(folder, path), 'utf8'),
      );
      if (reading.kind !== 'portfolio') throw new Error(`${name} cannot be read: npx evenkeel check portfolios/${name} says why`);
      return reading.policy.account.mode === stage ? [reading.policy.name] : [];
    });
}

let asked = 0;
for (const [stack, { OperatorEnvironment }] of Object.entries(outputs)) {
  if (OperatorEnvironment === undefined) continue;
  const region = await lambda.config.region();
  const credentials = () => lambda.config.credentials();
  const deployed = new WaitingVersion(lambda, { version: signalOf(OperatorEnvironment), region, credentials });
  for (const portfolio of portfoliosOf(stack.replace(/^EvenkeelCompute-/, ''))) {
    const { verdict, detail } = await deployed.dryRun(portfolio);
    console.log(`${portfolio}: ${verdict} (${detail})`);
    asked += 1;
    if (verdict !== 'passed') process.exitCode = 1;
  }
}
if (asked === 0) {
  console.error(`no portfolio to ask for in ${file}`);
  process.exitCode = 1;
}
