// What came in on the topic, as something to tell: an alert of ours, a digest, an alarm of CloudWatch, or anything else, which
// is told too. It refuses to know channels, and who was told what before.

import { type AlarmMessage, readAlarm } from '../contracts/alarm-message.ts';
import { alarmOf } from '../contracts/alarms.ts';
import type { AlertCard } from '../contracts/alert-card.ts';
import { alertOf } from '../contracts/alerts.ts';
import { contentHash } from '../contracts/canonical-json.ts';
import { decodeNotice, type NoticeMessage } from '../contracts/notice-message.ts';
import type { TopicMessage } from '../contracts/topic-event.ts';
import { HOUR_MS } from '../core/values/time.ts';

export interface Draft {
  readonly severity: 'page' | 'ticket' | 'info';
  readonly code: string;
  /** Without the severity. */
  readonly title: string;
  readonly happened: string;
  readonly stake?: string;
  /** What the system did by itself. */
  readonly done?: string;
  readonly card?: AlertCard;
  readonly about: Readonly<Partial<Record<'portfolio' | 'runId' | 'session', string>>>;
  /** The same key is told once in so long. */
  readonly fold: { readonly key: string; readonly ms: number };
  readonly isOfOutage: boolean;
}

const REPEAT_MS = 12 * HOUR_MS;

/** Every message becomes one: what is not understood is told as it is. */
export function draftMessage(message: TopicMessage): Draft {
  const notice = decodeNotice(message.Message);
  if (notice !== undefined) return ofNotice(notice);
  const alarm = readAlarm(message.Message);
  return alarm === undefined ? ofAnything(message) : ofAlarm(alarm);
}

function ofNotice(notice: NoticeMessage): Draft {
  const { severity, code, subject, body, portfolio, runId, session, stake, done } = notice;
  const alert = alertOf(code);
  return {
    severity,
    code,
    title: subject,
    happened: body,
    ...(stake === undefined ? {} : { stake }),
    ...(done === undefined ? {} : { done }),
    ...(alert === undefined ? {} : { card: alert }),
    about: {
      ...(portfolio === undefined ? {} : { portfolio }),
      ...(runId === undefined ? {} : { runId }),
      ...(session === undefined ? {} : { session }),
    },
    fold: { key: `${code}/${scopeOf(notice)}`, ms: alert?.repeatHours === undefined ? REPEAT_MS : alert.repeatHours * HOUR_MS },
    isOfOutage: alert?.isOfOutage === true,
  };
}

/** A run is told of once, and so is a portfolio in a session; elsewhere only the same words are the same. */
function scopeOf({ runId, portfolio, session, subject, body }: NoticeMessage): string {
  if (runId !== undefined) return runId;
  if (portfolio !== undefined && session !== undefined) return `${portfolio}/${session}`;
  return `${portfolio ?? ''}/${contentHash(`${subject}\n${body}`)}`;
}

/** A change of state happens once, however often it is delivered. */
function ofAlarm({ name, description, state, reason, changedAt, region }: AlarmMessage): Draft {
  const card = alarmOf(name);
  const where = region === undefined ? '' : ` (${region})`;
  const because = reason === undefined ? '' : ` CloudWatch: ${reason}`;
  const common = {
    code: name,
    about: {},
    fold: { key: `alarm/${name}/${state}/${changedAt}`, ms: REPEAT_MS },
    ...(card === undefined ? {} : { card }),
  };
  switch (state) {
    case 'ALARM':
      return {
        ...common,
        severity: card?.severity ?? 'page',
        title: `alarm ${name}${where}`,
        happened: `${description ?? 'An alarm without a description rings.'}${because}`,
        isOfOutage: true,
      };
    case 'OK':
      return {
        ...common,
        severity: 'ticket',
        title: `recovered: alarm ${name}${where}`,
        happened: `It rings no more.${because}`,
        isOfOutage: false,
      };
    case 'INSUFFICIENT_DATA':
      return {
        ...common,
        severity: 'ticket',
        title: `no data: alarm ${name}${where}`,
        happened: `It cannot be judged.${because}`,
        isOfOutage: false,
      };
  }
}

function ofAnything({ Subject, Message }: TopicMessage): Draft {
  const title = Subject === undefined || Subject === null || Subject.trim() === '' ? 'a message that is none of ours' : Subject;
  return {
    severity: 'ticket',
    code: 'unknown-message',
    title,
    happened: Message,
    about: {},
    fold: { key: `unknown-message/${contentHash(`${title}\n${Message}`)}`, ms: REPEAT_MS },
    isOfOutage: false,
  };
}
