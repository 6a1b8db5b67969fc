// Messages of the topic on their way to an owner: told once, in words he can act on, whatever is wrong with his webhook.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollectingTelemetry } from '../../../shared/adapters/local/collecting-telemetry.ts';
import { MemoryFolds } from '../../../shared/adapters/local/memory-folds.ts';
import { alarmNameOf, alarms } from '../../../shared/contracts/alarms.ts';
import { type AlertCode, alerts } from '../../../shared/contracts/alerts.ts';
import { encodeNotice } from '../../../shared/contracts/encode-notice.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/core/values/time.ts';
import type { Notice } from '../../../shared/ports/notifier.ts';
import { OutsideError } from '../../../shared/ports/outside-error.ts';
import type { OwnerMessage } from '../../../shared/ports/owner.ts';
import { Redaction } from '../../../shared/ports/redaction.ts';
import { type NotifyPorts, type Told, tellOwner } from '../../../shared/workflow/tell-owner.ts';

const RUN = 'balanced/2026-11-20/daily';

class Desk {
  now = Date.UTC(2026, 10, 20, 22);
  readonly mails: OwnerMessage[] = [];
  readonly posts: OwnerMessage[] = [];
  readonly redaction = new Redaction();
  /** How often the mail fails before it works again. */
  mailFailures = 0;
  webhook: () => Promise<'posted' | 'none'> = async () => 'none';
  #ids = 0;
  readonly ports: NotifyPorts = {
    folds: new MemoryFolds(),
    mail: {
      send: async (message) => {
        if (this.mailFailures > 0) {
          this.mailFailures -= 1;
          throw new OutsideError('the topic is out of reach', { effect: 'unknown', code: 'connection' });
        }
        this.mails.push(message);
      },
    },
    webhook: {
      post: async (message) => {
        const posted = await this.webhook();
        if (posted === 'posted') this.posts.push(message);
        return posted;
      },
    },
    clock: { now: () => this.now },
    telemetry: new CollectingTelemetry(),
    redact: (text) => this.redaction.text(text),
  };

  tell(text: string, id = `message-${++this.#ids}`, subject?: string): Promise<Told> {
    return tellOwner({ MessageId: id, Message: text, Subject: subject }, this.ports);
  }

  notice(stated: Partial<Notice> & { readonly code: Notice['code'] }, id?: string): Promise<Told> {
    return this.tell(encodeNotice({ severity: 'page', subject: 'a subject', body: 'a body', ...stated }), id);
  }

  alarm(name: string, state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA' = 'ALARM', changedAt = '2026-11-20T21:45:00.000+0000'): Promise<Told> {
    const reason = 'Threshold Crossed: 1 datapoint [1.0] was greater than 0.0.';
    const document = { AlarmName: name, AlarmDescription: 'words of the stack', NewStateValue: state, NewStateReason: reason };
    return this.tell(JSON.stringify({ ...document, StateChangeTime: changedAt, Region: 'US East (Ohio)', OldStateValue: 'OK' }));
  }

  subjects(): readonly string[] {
    return this.mails.map(({ title }) => title);
  }
}

describe('a notice', () => {
  it('says what happened, the money at stake, what was done, what to type, and where the runbook speaks of it', async () => {
    const desk = new Desk();
    const told = await desk.notice({
      code: 'stray-orders',
      subject: 'balanced: 1 stray order',
      body: 'sell SPY was open after its run had ended.',
      portfolio: 'balanced',
      runId: RUN,
      stake: 'the account is worth $100000.00',
      done: 'It canceled the order.',
    });
    expect(told).toEqual({ kind: 'told', title: '[page] balanced: 1 stray order', webhook: 'none' });
    expect(desk.mails[0]?.text).toBe(
      [
        'What happened: sell SPY was open after its run had ended.',
        'What it means: After the close an order of ours was still open that no run follows any more. It was canceled.',
        'At stake: the account is worth $100000.00',
        'Done by itself: It canceled the order.',
        'Next: npx evenkeel reconcile balanced',
        'Runbook: docs/runbook.md#stray-orders-were-found',
        'About: stray-orders, balanced, balanced/2026-11-20/daily',
      ].join('\n\n'),
    );
  });

  it('names the run in the command that is to be typed', async () => {
    const desk = new Desk();
    await desk.notice({ code: 'approval-needed', portfolio: 'balanced', runId: RUN });
    expect(desk.mails[0]?.text).toContain(`Next: npx evenkeel approve ${RUN}\n`);
  });

  it('that is a digest is told as it is', async () => {
    const desk = new Desk();
    await desk.notice({ code: 'daily-digest', severity: 'info', body: 'Nothing was due.', portfolio: 'balanced', session: '2026-11-20' });
    expect(desk.mails).toEqual([{ severity: 'info', code: 'daily-digest', title: '[info] a subject', text: 'Nothing was due.' }]);
  });

  it.each(Object.keys(alerts) as AlertCode[])('of the alert %s has all that its reader needs', async (code) => {
    const desk = new Desk();
    await desk.notice({ code, portfolio: 'balanced', runId: RUN });
    for (const label of [
      'What happened: ',
      'What it means: ',
      'At stake: ',
      'Done by itself: ',
      'Next: npx evenkeel ',
      'Runbook: docs/runbook.md#',
    ])
      expect(desk.mails[0]?.text).toContain(label);
    expect(desk.mails[0]?.text).not.toMatch(/\b(RUN|PORTFOLIO|SESSION)\b/);
  });

  it('of another release, with a code that is not known, is told all the same', async () => {
    const desk = new Desk();
    await desk.tell(
      JSON.stringify({ schemaVersion: 1, kind: 'notice', severity: 'page', code: 'new-word', subject: 's', body: 'b', more: 1 }),
    );
    expect(desk.mails[0]).toMatchObject({ severity: 'page', code: 'new-word', title: '[page] s' });
  });

  it('is told once of a run, however often it is said', async () => {
    const desk = new Desk();
    await desk.notice({ code: 'residuals', runId: RUN, body: 'first' });
    desk.now += HOUR_MS;
    expect(await desk.notice({ code: 'residuals', runId: RUN, body: 'second' })).toMatchObject({ kind: 'folded' });
    await desk.notice({ code: 'residuals', runId: 'balanced/2026-11-23/daily' });
    await desk.notice({ code: 'left-out', runId: RUN });
    expect(desk.mails).toHaveLength(3);
  });

  it('is told by another message where the first of the same was never told', async () => {
    const desk = new Desk();
    desk.mailFailures = 1;
    await expect(desk.notice({ code: 'foreign-order', runId: RUN })).rejects.toThrow('out of reach');
    desk.now += MINUTE_MS;
    expect(await desk.notice({ code: 'foreign-order', runId: RUN })).toMatchObject({ kind: 'told' });
    expect(desk.mails).toHaveLength(1);
  });

  it('of a portfolio is told once a session', async () => {
    const desk = new Desk();
    for (const session of ['2026-11-20', '2026-11-20', '2026-11-23'] as const)
      await desk.notice({ code: 'kill-switch-on', portfolio: 'balanced', session });
    expect(desk.mails).toHaveLength(2);
  });

  it('of old keys is told again after a week, not every day', async () => {
    const desk = new Desk();
    for (let day = 0; day < 15; day += 1) {
      await desk.notice({ code: 'secret-old', portfolio: 'balanced', body: 'put there on 2026-08-01' });
      desk.now += 24 * HOUR_MS;
    }
    // On the first day, the eighth and the fifteenth.
    expect(desk.mails).toHaveLength(3);
  });

  it('about the same portfolio in other words is another one: the breaker may stop twice a day', async () => {
    const desk = new Desk();
    await desk.notice({ code: 'breaker-stopped', portfolio: 'balanced', body: '5 % lost' });
    await desk.notice({ code: 'breaker-stopped', portfolio: 'balanced', body: '7 % lost' });
    expect(desk.mails).toHaveLength(2);
  });
});

describe('an outage', () => {
  it('pages once: what follows from it within the hour comes as tickets that name it', async () => {
    const desk = new Desk();
    await desk.alarm(alarmNameOf('paper', 'run-not-started'));
    desk.now += 20 * MINUTE_MS;
    await desk.notice({ code: 'run-missing', runId: RUN, subject: 'balanced: a run is missing' });
    desk.now += 39 * MINUTE_MS;
    await desk.notice({ code: 'run-not-ended', runId: RUN, subject: 'balanced: a run has not ended' });
    desk.now += MINUTE_MS;
    await desk.alarm(alarmNameOf('paper', 'run-stopped'));
    expect(desk.subjects()).toEqual([
      '[page] alarm evenkeel-paper-run-not-started (US East (Ohio))',
      '[ticket] balanced: a run is missing',
      '[ticket] balanced: a run has not ended',
      '[page] alarm evenkeel-paper-run-stopped (US East (Ohio))',
    ]);
    expect(desk.mails[1]?.text).toContain('less than an hour after [page] alarm evenkeel-paper-run-not-started');
  });

  it('pages by its second message where the first was never told', async () => {
    const desk = new Desk();
    desk.mailFailures = 1;
    await expect(desk.alarm(alarmNameOf('paper', 'run-not-started'))).rejects.toThrow('out of reach');
    // The machine may have died: it was to be told again, and is not.
    desk.now += 5 * MINUTE_MS;
    await desk.notice({ code: 'run-missing', runId: RUN, subject: 'balanced: a run is missing' });
    desk.now += MINUTE_MS;
    await desk.notice({ code: 'run-not-ended', runId: RUN, subject: 'balanced: a run has not ended' });
    expect(desk.subjects()).toEqual(['[page] balanced: a run is missing', '[ticket] balanced: a run has not ended']);
  });

  it('pages once where many messages of it come at once', async () => {
    const desk = new Desk();
    await Promise.all(
      (['run-missing', 'run-not-ended', 'watchdog-blind'] as const).map((code) => desk.notice({ code, runId: RUN, subject: code })),
    );
    expect(desk.mails.map(({ severity }) => severity).sort()).toEqual(['page', 'ticket', 'ticket']);
  });

  it('pages again by a message that is delivered again because its mail failed', async () => {
    const desk = new Desk();
    desk.mailFailures = 1;
    await expect(desk.notice({ code: 'run-missing', runId: RUN }, 'first')).rejects.toThrow('out of reach');
    desk.now += 2 * MINUTE_MS;
    await desk.notice({ code: 'run-missing', runId: RUN }, 'first');
    expect(desk.mails.map(({ severity }) => severity)).toEqual(['page']);
  });

  it('does not keep quiet what has nothing to do with it', async () => {
    const desk = new Desk();
    await desk.alarm(alarmNameOf('paper', 'run-stopped'));
    await desk.notice({ code: 'reconciliation-difference', portfolio: 'balanced', session: '2026-11-20' });
    expect(desk.mails.map(({ severity }) => severity)).toEqual(['page', 'page']);
  });
});

describe('an alarm of CloudWatch', () => {
  it('has its card: severity, meaning, command and heading', async () => {
    const desk = new Desk();
    await desk.alarm(alarmNameOf('live', 'throttled'));
    expect(desk.mails[0]).toMatchObject({ severity: 'ticket', code: 'evenkeel-live-throttled' });
    expect(desk.mails[0]?.text).toContain(`What it means: ${alarms.throttled.meaning}`);
    expect(desk.mails[0]?.text).toContain('Runbook: docs/runbook.md#functions-are-throttled');
    expect(desk.mails[0]?.text).toContain('CloudWatch: Threshold Crossed');
  });

  it('that recovers is a ticket, and may ring again', async () => {
    const desk = new Desk();
    const name = alarmNameOf('paper', 'run-stopped');
    await desk.alarm(name);
    await desk.alarm(name, 'OK', '2026-11-20T21:50:00.000+0000');
    await desk.alarm(name, 'ALARM', '2026-11-20T21:55:00.000+0000');
    await desk.alarm(name, 'ALARM', '2026-11-20T21:55:00.000+0000');
    expect(desk.subjects()).toEqual([
      '[page] alarm evenkeel-paper-run-stopped (US East (Ohio))',
      '[ticket] recovered: alarm evenkeel-paper-run-stopped (US East (Ohio))',
      '[ticket] alarm evenkeel-paper-run-stopped (US East (Ohio))',
    ]);
  });

  it('that nobody here knows pages', async () => {
    const desk = new Desk();
    await desk.alarm('somebody-elses');
    await desk.alarm('somebody-elses', 'INSUFFICIENT_DATA', 'later');
    expect(desk.mails.map(({ severity }) => severity)).toEqual(['page', 'ticket']);
    expect(desk.mails[0]?.text).toContain('words of the stack');
  });
});

describe('a webhook that fails', () => {
  it('costs its owner nothing: the mail goes out and says so', async () => {
    const desk = new Desk();
    desk.webhook = async () => {
      throw new OutsideError('the webhook (slack) did not take the message: http-503', { effect: 'unknown', code: 'http-503' });
    };
    expect(await desk.notice({ code: 'run-missing', runId: RUN })).toMatchObject({ kind: 'told', webhook: 'failed' });
    expect(desk.mails[0]?.text).toContain('The webhook failed: the webhook (slack) did not take the message: http-503');
  });

  it('with an error of its own says no word of it', async () => {
    const desk = new Desk();
    desk.webhook = async () => {
      throw new TypeError('https://hooks.example/T0ken');
    };
    await desk.notice({ code: 'run-missing', runId: RUN });
    expect(desk.mails[0]?.text).toContain('The webhook failed: an error of its own.');
    expect(desk.mails[0]?.text).not.toContain('hooks.example');
  });
});

describe('a message', () => {
  it('that did not go out is told when it is delivered again, and pages still', async () => {
    const desk = new Desk();
    desk.mailFailures = 2;
    await expect(desk.notice({ code: 'run-missing', runId: RUN }, 'm')).rejects.toThrow('out of reach');
    desk.now += MINUTE_MS;
    await expect(desk.notice({ code: 'run-missing', runId: RUN }, 'm')).rejects.toThrow('out of reach');
    desk.now += 2 * MINUTE_MS;
    await desk.notice({ code: 'run-missing', runId: RUN }, 'm');
    await desk.notice({ code: 'run-missing', runId: RUN }, 'm');
    expect(desk.subjects()).toEqual(['[page] a subject']);
  });

  it('of which the first delivery died for good is told by the next that says the same', async () => {
    const desk = new Desk();
    desk.mailFailures = 1;
    await expect(desk.notice({ code: 'run-missing', runId: RUN }, 'lost')).rejects.toThrow();
    desk.now += 11 * MINUTE_MS;
    expect(await desk.notice({ code: 'run-missing', runId: RUN }, 'second')).toMatchObject({ kind: 'told' });
  });

  it('that is none of ours is told as it is', async () => {
    const desk = new Desk();
    await desk.tell('Your budget is at 85 %.', 'b', 'AWS Budgets: evenkeel');
    await desk.tell('{"source":"somewhere"}', 'c');
    expect(desk.subjects()).toEqual(['[ticket] AWS Budgets: evenkeel', '[ticket] a message that is none of ours']);
    expect(desk.mails[0]?.text).toContain('Your budget is at 85 %.');
  });

  it('of any bytes at all is told, in one line of title and without what steers a terminal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (subject, text) => {
        const desk = new Desk();
        expect(await desk.tell(text, 'm', subject)).toMatchObject({ kind: 'told' });
        expect(desk.mails[0]?.title).not.toMatch(/\p{C}/u);
        expect(desk.mails[0]?.text.replace(/[\n\t]/g, '')).not.toMatch(/\p{C}/u);
      }),
      { numRuns: 60 },
    );
  });

  it('has no credential in it, neither one that is known nor one that looks like one', async () => {
    const desk = new Desk();
    desk.redaction.register('canary/Secret+4711==');
    await desk.notice({
      code: 'run-refused',
      subject: 'PKABCDEFGHIJKLMNOPQR said no',
      body: 'with canary/Secret+4711== and AKIAABCDEFGHIJKLMNOP',
    });
    const said = JSON.stringify(desk.mails);
    for (const secret of ['canary', '4711', 'PKABC', 'AKIA']) expect(said).not.toContain(secret);
    expect(said).toContain('[redacted] said no');
  });
});
