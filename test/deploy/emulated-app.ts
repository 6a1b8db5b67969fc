// The CDK app that is deployed to the emulator: the product's stacks, with its own handlers in the emulated world.
import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { readPortfolioFolder } from '../../bin/portfolio-folder.ts';
import { HANDLERS } from '../../lib/handler-entries.ts';
import { addStacks } from '../../lib/stacks.ts';
import { SETTING_VARIABLE } from './setting-variable.ts';

const handlerOf = (name: string): string => resolve(import.meta.dirname, 'handlers', `${name}.ts`);
const folder = process.env['EVENKEEL_EMULATED_PORTFOLIOS'] ?? '';
const setting = process.env[SETTING_VARIABLE] ?? '';

const app = new App();
addStacks(app, {
  stage: 'paper',
  portfolios: readPortfolioFolder(folder),
  entries: { ...HANDLERS, signal: handlerOf('signal'), execution: handlerOf('execution'), watchdog: handlerOf('watchdog') },
  // The emulator has no CodeDeploy and no bills.
  options: { codeDeploy: false, budgetUsd: 0, hasWebhook: true },
});
for (const node of app.node.findAll()) {
  if (node instanceof CfnFunction) node.addPropertyOverride(`Environment.Variables.${SETTING_VARIABLE}`, setting);
  // The emulator refuses alarms over several metrics. They are held to the template by test/lib.
  if (node instanceof CfnAlarm && node.metrics !== undefined) node.node.scope?.node.tryRemoveChild(node.node.id);
}
