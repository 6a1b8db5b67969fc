import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DEPLOYMENT } from '../../lib/deployment-options.ts';
import { addStacks } from '../../lib/stacks.ts';
import { anApp, entries, portfolios } from './fixtures/deployment.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly conclusion: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Every finding as "rule at construct"; the app refuses to synthesize when there is one. */
function findings(app: App): readonly string[] {
  try {
    app.synth();
  } catch (error) {
    if (!String(error).startsWith('ValidationFailed')) throw error;
  }
  const report: Report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

function aCheckedApp(): App {
  const app = anApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

describe('the rules of AWS Solutions', () => {
  it('find nothing that was not acknowledged with a reason', () => {
    const app = aCheckedApp();
    addStacks(app, { stage: 'paper', portfolios, entries });
    expect(findings(app)).toEqual([]);
  });

  it('find nothing in the sweeps either', () => {
    const app = aCheckedApp();
    addStacks(app, { stage: 'paper', portfolios, entries, options: { ...DEFAULT_DEPLOYMENT, sweep: 'arm64' }, source: '0'.repeat(64) });
    expect(findings(app)).toEqual([]);
  });

  it('would find a careless queue', () => {
    const app = aCheckedApp();
    const { compute } = addStacks(app, { stage: 'paper', portfolios, entries });
    new Queue(compute, 'Careless');
    expect(findings(app)).toEqual([
      'AwsSolutions-SQS3 at EvenkeelCompute-paper/Careless/Resource',
      'AwsSolutions-SQS4 at EvenkeelCompute-paper/Careless/Resource',
    ]);
  });
});
