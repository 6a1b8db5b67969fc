// What each kind of channel wants to be sent, within its limit, with everything that it would take for markup made harmless.
import type { WebhookTarget } from '../../contracts/webhook-target.ts';
import type { OwnerMessage } from '../../ports/owner.ts';

/**
 * Characters of one message. Slack: where it begins to split them (https://docs.slack.dev/messaging/formatting-message-text);
 * Discord: `content` (https://discord.com/developers/docs/resources/webhook); Telegram: `text`
 * (https://core.telegram.org/bots/api#sendmessage). All of them count at most UTF-16 units, which is what we count.
 */
const LENGTH_MAX = { slack: 4_000, discord: 2_000, telegram: 4_096, json: 100_000 } as const;

const CUT = '\n… cut: the mail has the rest';
/** Discord: what it would not send a preview of a link with. */
const SUPPRESS_EMBEDS = 4;

export function channelBody({ format, chatId }: WebhookTarget, message: OwnerMessage): Readonly<Record<string, unknown>> {
  const whole = `${message.title}\n\n${message.text}`;
  switch (format) {
    case 'slack':
      return { text: fitted(whole, LENGTH_MAX.slack, forSlack), mrkdwn: false };
    case 'discord':
      return { content: fitted(whole, LENGTH_MAX.discord, forDiscord), allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS };
    case 'telegram':
      // Without a parse mode nothing in the text is markup.
      return { chat_id: chatId, text: fitted(whole, LENGTH_MAX.telegram, asIs), link_preview_options: { is_disabled: true } };
    case 'json': {
      const { severity, code, title } = message;
      return { schemaVersion: 1, severity, code, title, text: fitted(message.text, LENGTH_MAX.json, asIs) };
    }
  }
}

/** `<!channel>` would wake a whole channel, `<https://…|text>` would hide an address. */
function forSlack(character: string): string {
  return { '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character] ?? character;
}

function forDiscord(character: string): string {
  return /[\\*_~`|>#[\]()@<-]/.test(character) ? `\\${character}` : character;
}

function asIs(character: string): string {
  return character;
}

/** As many whole characters as fit once they are escaped; what is cut says so. */
function fitted(text: string, lengthMax: number, harmless: (character: string) => string): string {
  const pieces = Array.from(text, harmless);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length <= lengthMax) return pieces.join('');
  let kept = '';
  for (const piece of pieces) {
    if (kept.length + piece.length + CUT.length > lengthMax) break;
    kept += piece;
  }
  return `${kept}${CUT}`;
}
