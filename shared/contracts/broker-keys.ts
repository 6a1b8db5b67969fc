// The content of an account's secret: the two halves of a key pair that the broker issued.
import * as z from 'zod';

const KEY_LENGTH_MIN = 8;
const key = z.string().min(KEY_LENGTH_MIN).regex(/^\S+$/);

export const brokerKeys = z.strictObject({ keyId: key, secretKey: key });

/** For whoever has to mend a secret. */
export const BROKER_KEYS_MUST_HOLD = `must hold exactly keyId and secretKey, each at least ${KEY_LENGTH_MIN} characters without white space`;
