import { describe, expect, it } from 'vitest';
import { executionSteps } from '../../lib/constructs/execution-steps.ts';
import { synthesize } from './fixtures/deployment.ts';
import { resourcesOfType, statementsOfRole, target } from './fixtures/template.ts';

interface Step {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly [field: string]: unknown;
}

const steps = executionSteps({
  partition: 'aws',
  functionArn: 'arn:execution',
  functionTimeoutSeconds: 60,
  deadLetterQueueUrl: 'https://queue',
}) as { readonly StartAt: string; readonly TimeoutSeconds: number; readonly States: Readonly<Record<string, Step>> };

function nextOf(name: string): readonly string[] {
  const { Next, Default, Choices = [], Catch = [] } = steps.States[name] ?? { Type: 'missing' };
  return [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((caught) => caught.Next)].filter(
    (next) => next !== undefined,
  );
}

describe('the steps of an execution', () => {
  it('turn the crank until it says that it is done', () => {
    expect(steps.StartAt).toBe('Advance');
    expect(nextOf('Advance')).toEqual(['Done?', 'DeadLetter']);
    expect(nextOf('Done?')).toEqual(['WaitForMarket', 'Ended']);
    expect(nextOf('WaitForMarket')).toEqual(['Advance']);
  });

  it('lead nowhere that does not exist', () => {
    const names = Object.keys(steps.States);
    expect(names).toEqual(['Advance', 'Done?', 'WaitForMarket', 'DeadLetter', 'AdvanceOnRedrive', 'Ended']);
    for (const name of names) for (const next of nextOf(name)) expect(names).toContain(next);
  });

  it('wait as long as the turn asked for', () => {
    expect(steps.States['WaitForMarket']).toMatchObject({ Type: 'Wait', SecondsPath: '$.waitSeconds' });
  });

  it('hand the function the run id alone, since its event admits nothing else', () => {
    for (const name of ['Advance', 'AdvanceOnRedrive']) {
      expect(steps.States[name]).toMatchObject({ Parameters: { FunctionName: 'arn:execution', Payload: { 'runId.$': '$.runId' } } });
    }
  });

  it('wait longer for the function than it lets itself run', () => {
    expect(steps.States['Advance']?.['TimeoutSeconds']).toBe(75);
  });

  it('try again when the Lambda service fails, and a few times whatever fails', () => {
    const retries = steps.States['Advance']?.['Retry'] as readonly {
      readonly ErrorEquals: readonly string[];
      readonly MaxAttempts: number;
    }[];
    expect(retries[0]?.ErrorEquals).toContain('Lambda.ServiceException');
    expect(retries[0]?.ErrorEquals).toContain('Lambda.TooManyRequestsException');
    expect(retries.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'], MaxAttempts: 3 });
  });

  it('keep the run id through a failure and write it, with the error, to the dead letters', () => {
    expect(steps.States['Advance']).toMatchObject({
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'DeadLetter' }],
    });
    expect(steps.States['DeadLetter']).toMatchObject({
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: {
        QueueUrl: 'https://queue',
        MessageBody: { 'runId.$': '$.runId', 'failure.$': '$.failure', 'execution.$': '$$.Execution.Id' },
      },
      // The answer of the queue must not replace the run id, which the next step needs.
      ResultPath: null,
    });
  });

  it('fail in a task that nothing catches, because a redrive resumes there and a Fail state would only fail again', () => {
    expect(nextOf('DeadLetter')).toEqual(['AdvanceOnRedrive']);
    expect(steps.States['AdvanceOnRedrive']).toMatchObject({ Type: 'Task', Next: 'Done?' });
    expect(steps.States['AdvanceOnRedrive']).not.toHaveProperty('Catch');
    expect(Object.values(steps.States).map(({ Type }) => Type)).not.toContain('Fail');
  });

  it('end after eight hours, longer than any session', () => {
    expect(steps.TimeoutSeconds).toBe(8 * 3600);
  });
});

describe('the state machine', () => {
  const { compute } = synthesize();
  const [machine, ...others] = resourcesOfType(compute, 'AWS::StepFunctions::StateMachine');

  it('is one, and Standard, whose execution names can be used once', () => {
    expect(others).toEqual([]);
    expect(machine?.properties['StateMachineType']).toBe('STANDARD');
  });

  it('carries these steps', () => {
    const text = machine?.properties['DefinitionString']['Fn::Join'][1]
      .map((part: unknown) => (typeof part === 'string' ? part : 'x'))
      .join('');
    expect(Object.keys(JSON.parse(text).States)).toEqual(Object.keys(steps.States));
  });

  it('may call the execution function and write dead letters', () => {
    const roleId = target(machine?.properties['RoleArn']) ?? '';
    expect(statementsOfRole(compute, roleId).map(({ actions }) => actions.join(' '))).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
  });
});
