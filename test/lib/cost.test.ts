// What the default deployment costs: one portfolio on paper.
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { DEFAULT_DEPLOYMENT } from '../../lib/deployment-options.ts';
import { addStacks } from '../../lib/stacks.ts';
import { monthlyCost } from '../../shared/contracts/cost/monthly-cost.ts';
import { anApp, aPolicy, aSchedule, entries, portfolioFile } from './fixtures/deployment.ts';

const policy = aPolicy({ schedules: [aSchedule({ every: 'day' })], notify: { email: ['owner@example.com'], digest: 'daily' } });
const { state, compute } = addStacks(anApp(), { stage: 'paper', portfolios: [{ policy, file: portfolioFile }], entries });
const cost = monthlyCost([Template.fromStack(state).toJSON(), Template.fromStack(compute).toJSON()]);

it('is at most a dollar and a half a month with the allowances that every account keeps', () => {
  expect(cost.net).toBeLessThanOrEqual(1.5);
  // Two secrets, the broker's keys and the key of the seals, are 80 cents, five alarm metrics beyond the ten free ones 50; what is left is storage and requests.
  expect(cost.net).toBeGreaterThan(1.3);
});

it('is shown without the allowances too, for an account in which something else uses them up', () => {
  expect(cost.gross).toBeGreaterThan(cost.net + 4);
  expect(cost.gross).toBeLessThan(6.5);
});

it('leaves nothing out that is deployed', () => {
  expect(cost.unpriced).toEqual([]);
});

it('has no secret for a chat, which costs 40 cents and is made where one is wanted', () => {
  const options = { ...DEFAULT_DEPLOYMENT, hasWebhook: true };
  const chatty = addStacks(anApp(), { stage: 'paper', portfolios: [{ policy, file: portfolioFile }], entries, options });
  const dearer = monthlyCost([Template.fromStack(chatty.state).toJSON(), Template.fromStack(chatty.compute).toJSON()]);
  expect(dearer.net - cost.net).toBeCloseTo(0.4, 6);
});

it('is mostly secrets and alarms', () => {
  const dearest = [...cost.lines].sort((one, other) => other.net - one.net).slice(0, 2);
  expect(dearest.map(({ priced, quantity }) => [priced, quantity])).toEqual([
    ['secrets', 2],
    ['alarmMetrics', 15],
  ]);
});
