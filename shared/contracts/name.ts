// What a person may call a portfolio, a schedule, a sleeve, a group, a part of a strategy or a hypothesis.
import * as z from 'zod';
import { NAME_PATTERN } from '../core/values/identity.ts';

const NAME = 'a name of up to 32 lower-case letters, digits and hyphens that begins with a letter';
const NOT_CASH = `${NAME}, and is not cash`;

/** @param error says what was expected, where the usual sentence does not. */
const nameBy = (error: string) => z.string({ error }).regex(NAME_PATTERN, { error });

export const name = nameBy(NAME);

/** What stands in a list beside symbols and cash. */
export const memberName = nameBy(NOT_CASH).refine((each) => each !== 'cash', { error: NOT_CASH });
