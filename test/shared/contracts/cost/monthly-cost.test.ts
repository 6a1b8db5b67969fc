import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USUAL } from '../../../../shared/contracts/cost/assumptions.ts';
import { monthlyCost } from '../../../../shared/contracts/cost/monthly-cost.ts';
import { PRICES_AS_OF, prices } from '../../../../shared/contracts/cost/prices.ts';
import type { Template } from '../../../../shared/contracts/cost/template-facts.ts';

const resource = (Type: string, Properties: Readonly<Record<string, unknown>> = {}) => ({ Type, Properties });

function aCron(event: object, days = 'MON-FRI') {
  return resource('AWS::Scheduler::Schedule', {
    ScheduleExpression: `cron(35 15 ? * ${days} *)`,
    Target: { Input: JSON.stringify(event) },
  });
}

function aTemplate(...resources: ReturnType<typeof resource>[]): Template {
  return { Resources: Object.fromEntries(resources.map((each, place) => [`R${place}`, each])) };
}

function lineOf(priced: string, templates: readonly Template[]) {
  return monthlyCost(templates).lines.find((line) => line.priced === priced);
}

const onceADay = aTemplate(
  aCron({ portfolio: 'golden', schedule: 'daily' }),
  aCron({ portfolio: 'golden', schedule: 'daily' }),
  aCron({ kind: 'watchdog' }, '*'),
  resource('AWS::Lambda::Function', { MemorySize: 512 }),
);

describe('the monthly cost', () => {
  it('asks forty cents for each secret, and has none for nothing', () => {
    expect(lineOf('secrets', [aTemplate(resource('AWS::SecretsManager::Secret'), resource('AWS::SecretsManager::Secret'))])).toMatchObject({
      quantity: 2,
      gross: 0.8,
      free: 0,
      net: 0.8,
    });
  });

  it('counts every metric of an alarm, and takes the ten off that are free', () => {
    const stat = { MetricStat: {} };
    const three = resource('AWS::CloudWatch::Alarm', { Metrics: [{ Expression: 'a + b + c' }, stat, stat, stat] });
    const one = resource('AWS::CloudWatch::Alarm', { MetricName: 'Errors' });
    // 3 × 3 + 3 × 1 = 12 metrics: $ 1.20, of which ten are free.
    const line = lineOf('alarmMetrics', [aTemplate(three, three, three, one, one, one)]);
    expect(line?.quantity).toBe(12);
    expect([line?.gross, line?.free, line?.net].map((usd) => usd?.toFixed(2))).toEqual(['1.20', '1.00', '0.20']);
  });

  it('takes two crons of one slot for one run', () => {
    // One schedule, 21 sessions, 30 turns, three transitions each.
    expect(lineOf('transitions', [onceADay])?.quantity).toBe(21 * 30 * 3);
    // Two crons on 22 weekdays and one on 30.4 days.
    expect(lineOf('scheduled', [onceADay])?.quantity).toBeCloseTo(2 * 22 + 30.4, 6);
  });

  it('reckons seconds by the memory of the function', () => {
    // 21 signals of 20 s, 630 turns of 3 s, 30.4 looks of 20 s, 84 messages of 2 s; half a GB.
    expect(lineOf('functionSeconds', [onceADay])?.quantity).toBeCloseTo((420 + 1890 + 608 + 168) / 2, 6);
  });

  it('names what it has no price for', () => {
    expect(monthlyCost([aTemplate(resource('AWS::EC2::NatGateway'))]).unpriced).toEqual(['AWS::EC2::NatGateway']);
    expect(monthlyCost([onceADay]).unpriced).toEqual([]);
  });

  it('is the sum of its lines, and free and net together are the whole', () => {
    const { lines, gross, free, net } = monthlyCost([onceADay]);
    expect(lines).toHaveLength(Object.keys(prices).length);
    expect(lines.reduce((sum, line) => sum + line.gross, 0)).toBeCloseTo(gross, 9);
    expect(free + net).toBeCloseTo(gross, 9);
    for (const line of lines) expect(line.net).toBeGreaterThanOrEqual(0);
  });

  it('never becomes less with more of anything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }), (more, turns) => {
        const usual = monthlyCost([onceADay]).net;
        expect(monthlyCost([onceADay], { ...USUAL, turnsOfRun: USUAL.turnsOfRun + turns }).net).toBeGreaterThanOrEqual(usual);
        const others = Array.from({ length: more }, (_, place) => aCron({ portfolio: `p${place}`, schedule: 'daily' }));
        expect(monthlyCost([onceADay, aTemplate(...others)]).net).toBeGreaterThan(usual);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the prices', () => {
  it('have a day and, each, a page of AWS', () => {
    expect(PRICES_AS_OF).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const { source, usd, per } of Object.values(prices)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/pricing\//);
      expect(usd).toBeGreaterThan(0);
      expect(per).toBeGreaterThan(0);
    }
  });
});
