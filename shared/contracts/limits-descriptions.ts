// What an editor says of each limit. Beside the schema and not in it: the functions read files, and need no words for people.

type Words = { readonly [key: string]: string | Words };

const LEVELS: Words = {
  caution: 'From here on, half of limits.turnover may be bought.',
  restricted: 'From here on, positions only become smaller.',
  stopped: 'From here on, the kill switch is on.',
};

/** By key, as the file nests them; `''` is of the mapping itself. */
const LIMITS_DESCRIPTIONS: Words = {
  'order-notional': 'Largest single order.',
  'order-shares': 'Most shares in a single order.',
  orders: 'Most trades in one run.',
  'session-orders': 'Most orders in one session, those for another price included.',
  position: 'Largest share of equity in one symbol; left out: its declared weight and band, up to 30% what conditions may pick, else 10%.',
  groups: { '': 'Symbols that may only be so much together.', most: 'Largest share of equity in all of them together.' },
  cluster: {
    '': 'What goes together may only be so much together.',
    correlation: 'Symbols whose daily returns correlate at least so much go together.',
    window: 'Daily returns that are compared.',
    most: 'Largest share of equity in symbols that go together.',
  },
  net: 'Largest distance between long and short positions, as a share of equity.',
  short: 'Largest sum of all short positions as a share of equity; 0% refuses them.',
  volume: 'Largest part of the average volume of twenty sessions in one order; or off.',
  turnover: 'Largest one-way turnover of one run; the first funding is exempt.',
  'day-turnover': 'Largest one-way turnover of a session; the first funding is exempt.',
  'price-move': 'Furthest that a price may be from the close before; or off.',
  'margin-buffer': 'Buying power that is kept free, as a share of equity.',
  'day-trades': 'Buying and selling a symbol in one session.',
  breaker: {
    '': 'What a loss leads to; a level stays until somebody resumes.',
    'day-loss': { '': 'Against the close of the session before; or off.', ...LEVELS },
    drawdown: { '': 'Against the high-water mark; or off.', ...LEVELS },
  },
  stress: {
    '': 'Largest loss that each scenario may bring.',
    day: 'Loss on the worst day of the last year.',
    week: 'Loss in the worst week of the last year.',
    shock: 'Loss when shares fall by 20%.',
    correlated: 'Loss when every position goes against us by three daily deviations.',
  },
};

type Schema = Record<string, unknown>;

/**
 * Puts them into a JSON Schema of the limits.
 * @throws Error for a key that the schema does not have.
 */
export function describeLimits(schema: Schema, words: Words = LIMITS_DESCRIPTIONS): void {
  const properties = propertiesOf(schema);
  for (const [key, said] of Object.entries(words)) {
    if (key === '') {
      schema.description = said;
      continue;
    }
    const property = properties?.[key];
    if (!isSchema(property)) throw new Error(`the schema of the limits has no ${key}`);
    if (typeof said === 'string') property.description = said;
    else describeLimits(property, said);
  }
}

/** Of a mapping, of a mapping of mappings, or of the mapping among choices. */
function propertiesOf(schema: Schema): Schema | undefined {
  const { properties, additionalProperties, anyOf } = schema;
  if (isSchema(properties)) return properties;
  if (isSchema(additionalProperties)) return propertiesOf(additionalProperties);
  return Array.isArray(anyOf)
    ? anyOf
        .filter(isSchema)
        .map(propertiesOf)
        .find((each) => each !== undefined)
    : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
