// SNS → notify: one or more messages of the topic.
import * as z from 'zod';

const topicMessage = z.object({
  /** The same however often it is delivered. */
  MessageId: z.string().min(1),
  Subject: z.string().nullish(),
  Message: z.string(),
});
export type TopicMessage = z.infer<typeof topicMessage>;

export const topicEvent = z.object({ Records: z.array(z.object({ Sns: topicMessage })).min(1) });
export type TopicEvent = z.infer<typeof topicEvent>;
