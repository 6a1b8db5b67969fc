import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelBody } from '../../../../shared/adapters/webhook/channel-body.ts';
import { WEBHOOK_FORMATS, type WebhookTarget } from '../../../../shared/contracts/webhook-target.ts';
import type { OwnerMessage } from '../../../../shared/ports/owner.ts';

const HOSTILE = '<!channel> *bold* _i_ ~s~ `c` [a](https://evil.example) @everyone & <b>';

function targetOf(format: WebhookTarget['format']): WebhookTarget {
  return { format, url: 'https://example.com/x', ...(format === 'telegram' ? { chatId: '-100' } : {}) };
}

function messageOf(text: string): OwnerMessage {
  return { severity: 'ticket', code: 'residuals', title: 'T', text };
}

const LIMITS = { slack: ['text', 4_000], discord: ['content', 2_000], telegram: ['text', 4_096], json: ['text', 100_000] } as const;

describe('the body for a channel', () => {
  it('is for Slack plain text in which nothing is a mention or a link that hides', () => {
    expect(channelBody(targetOf('slack'), messageOf(HOSTILE))).toEqual({
      text: 'T\n\n&lt;!channel&gt; *bold* _i_ ~s~ `c` [a](https://evil.example) @everyone &amp; &lt;b&gt;',
      mrkdwn: false,
    });
  });

  it('is for Discord text without markup, that mentions nobody', () => {
    expect(channelBody(targetOf('discord'), messageOf('*a* @everyone'))).toEqual({
      content: 'T\n\n\\*a\\* \\@everyone',
      allowed_mentions: { parse: [] },
      flags: 4,
    });
  });

  it('is for Telegram plain text to the chat', () => {
    expect(channelBody(targetOf('telegram'), messageOf(HOSTILE))).toEqual({
      chat_id: '-100',
      text: `T\n\n${HOSTILE}`,
      link_preview_options: { is_disabled: true },
    });
  });

  it('is for programs a versioned document', () => {
    expect(channelBody(targetOf('json'), messageOf('x'))).toEqual({
      schemaVersion: 1,
      severity: 'ticket',
      code: 'residuals',
      title: 'T',
      text: 'x',
    });
  });

  it('is within the limit of its channel, says that it was cut, and breaks no character', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WEBHOOK_FORMATS), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (format, part) => {
        const [field, most] = LIMITS[format];
        const told = String(channelBody(targetOf(format), messageOf(part.repeat(Math.ceil(110_000 / part.length))))[field]);
        expect(told.length).toBeLessThanOrEqual(most);
        // No more is cut than one character, escaped, can take.
        expect(told.length).toBeGreaterThan(most - 10);
        expect(told).toMatch(/cut: the mail has the rest$/);
        expect(told.isWellFormed()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
