// What a schema cannot say of a field: why it is as it is, what holds where it is left out, and what it means where the
// schema has no word of its own. Beside the schema and not in it: the functions read files, and need no words for people.

export interface FieldWords {
  /** Why it is there, and why its default is what it is. */
  readonly why: string;
  /** What holds where the key is left out; needed where the schema gives no default. */
  readonly absent?: string;
  /** Where neither the schema nor `limits-descriptions.ts` says it. */
  readonly means?: string;
}

const DEVIATES = 'The default is what most libraries do; the other is for a strategy that was written elsewhere.';

/** By path; `*` stands for a name that the owner chooses. */
export const FIELD_WORDS: Readonly<Record<string, FieldWords>> = {
  portfolio: { why: 'Run ids, the ledger and the kill switch go by it. Another name is another portfolio with a history of its own.' },
  description: {
    means: 'A line for people; nothing reads it.',
    absent: 'none',
    why: 'So that whoever reads the file later knows its purpose.',
  },

  account: { means: 'The broker account that is traded.', why: 'One account belongs to one portfolio: a run counts all cash in it.' },
  'account.name': { why: 'The keys are in the secret evenkeel/<mode>/<name>, never in the file. One account needs no name of its own.' },
  'account.mode': {
    means: 'Play money or real money. A run of a live file is refused unless each sleeve is cleared by a signed document.',
    why: 'Paper until somebody says otherwise: a forgotten key must not trade real money.',
  },
  'account.number': {
    absent: 'not compared; with mode: live a mistake',
    why: 'A run is refused where the keys open another account than the one that is meant.',
  },
  'account.capital': {
    absent: '100%; with mode: live 1%',
    why: 'A strategy is tried with little first. A person takes each step, by changing the file and deploying it.',
  },

  'account.auctions': {
    why: 'Alpaca fills auction orders of some customers only, takes those of the others all the same, and tells nobody which he is.',
  },

  'account.live-override': {
    absent: 'every sleeve needs its document',
    means: 'Lets the portfolio trade live without the verdict or the policy check that a sleeve lacks.',
    why: 'Not on paper. Who did it, and why, is in the record of every run and in everything that is told of the portfolio.',
  },
  'account.live-override.by': { means: 'Who takes it upon himself.', why: 'A decision has an owner.' },
  'account.live-override.reason': {
    means: 'Why, in 10 to 500 characters.',
    why: 'It is read again every time the portfolio is spoken of.',
  },

  schedules: { means: 'When the portfolio is looked at, by name; at least one.', why: 'The name is part of every run id.' },
  'schedules.*.at': { why: 'It must come before execution.deadline on a day that closes at 13:00 too.' },
  'schedules.*.every': {
    means: 'In which sessions: each one, or one of the week, month, quarter or year.',
    why: 'How often to look is the first decision about cost and tax; nothing can be assumed.',
  },
  'schedules.*.on': {
    absent: 'last; with every: day no such key',
    why: 'The last session is what monthly data and most published strategies mean.',
  },
  'schedules.*.band': {
    why: 'Small drift costs more to trade than to leave. Five points, or a quarter of a small weight, is the usual rule.',
  },
  'schedules.*.band.absolute': {
    absent: 'no such part where band is written; 5% without band',
    why: 'Holds for large weights, and alone for cash. 0% trades any drift.',
  },
  'schedules.*.band.relative': {
    absent: 'no such part where band is written; 25% without band',
    why: 'Holds for small weights, of which five points would be all.',
  },
  'schedules.*.approve': { why: 'A schedule that waits for a person every time would be forgotten; who wants to look first says so.' },

  sleeves: {
    means: 'What is held, by name; at least one.',
    why: 'Strategies of their own are blended before anything is planned, and never trade against each other.',
  },
  'sleeves.*.capital': { why: 'Only the owner knows it. What is not given to a sleeve would be forgotten cash, so the sum must be 100%.' },
  'sleeves.*.strategy': {
    means: 'How that share is divided: a tree of the strategy language, or { file: path }.',
    why: 'It is the point of the file.',
  },
  'sleeves.*.parts': { absent: 'none', why: 'What is used twice is written once. Not beside a file, which has its own.' },
  'sleeves.*.rebalance': {
    absent: 'as its strategy file says, else { every: day }',
    why: 'In every run, so that what the strategy says is what is held.',
  },
  'sleeves.*.rebalance.every': {
    means: 'In the first run of each such period; in between the sleeve holds.',
    absent: 'one of every, corridor and none is written',
    why: 'Most published strategies are rebalanced by the month.',
  },
  'sleeves.*.rebalance.corridor': {
    means: 'When a weight is further than this from what the strategy says.',
    absent: 'one of every, corridor and none is written',
    why: 'Trades by need and not by date.',
  },
  'sleeves.*.decide-on': {
    absent: 'as its strategy file says, else last-close',
    why: 'A finished close is the same for everybody and can be replayed; a live quote is nearer to the trade.',
  },
  'sleeves.*.options': {
    why: 'A strategy that comes from elsewhere should decide here as it did there. Not beside a file that has its own.',
  },
  'sleeves.*.options.deviation': { why: DEVIATES },
  'sleeves.*.options.stdev-return': { why: DEVIATES },
  'sleeves.*.options.max-drawdown': { why: DEVIATES },
  'sleeves.*.options.filter': { why: 'A block weights what stands in it; a filter is one thing.' },
  'sleeves.*.options.branch': { why: 'A block weights what stands in it; an if is one thing.' },
  'sleeves.*.options.duplicates': { why: 'Who writes a symbol twice may want it twice.' },
  'sleeves.*.options.ema-seed': { why: DEVIATES },
  'sleeves.*.options.rsi-seed': { why: DEVIATES },
  'sleeves.*.options.rank-digits': { why: 'Beyond ten digits two equal candidates differ by rounding, and the rounding would choose.' },
  'sleeves.*.options.prices': { why: 'A dividend is no fall in price. One run reads one history, so all sleeves agree.' },
  'sleeves.*.exits': {
    absent: 'as its strategy file says, else none',
    why: 'A strategy is the whole decision unless its owner adds a stop; an exit is as late as the next run.',
  },
  'sleeves.*.exits.stop-loss': { absent: 'never', why: 'How much may be lost is for the owner to say.' },
  'sleeves.*.exits.trailing': { absent: 'never', why: 'Keeps part of a gain; too near, it ends positions on noise.' },
  'sleeves.*.exits.take-profit': { absent: 'never', why: 'Gains are what pays for losses: none is cut unless asked for.' },
  'sleeves.*.exits.sessions': { absent: 'never', why: 'For ideas that are right soon or not at all.' },
  'sleeves.*.exits.re-enter': { why: 'Buying back the next day what a stop has just sold is the costliest way to be stopped.' },
  'sleeves.*.tiers': {
    means: 'What is added, out of the cash of the sleeve, to a long position that gains; the stop of all of it rises. Needs a stop-loss.',
    absent: 'nothing is added',
    why: 'A strategy is the whole decision unless its owner adds to it. With all tiers a position can lose no more than its entry could.',
  },
  'sleeves.*.tiers[].gain': {
    means: 'Since the entry, at the close that decides.',
    why: 'In rising order: only what has proved itself is added to.',
  },
  'sleeves.*.tiers[].add': {
    means: 'As a part of the weight that the position began with.',
    why: 'Each smaller than the one before, so that the average stays near the entry. Never beyond 30% or the limit of the symbol.',
  },

  'cash-reserve': { why: 'Prices move between plan and fill, and fees are paid in cash: a hundredth keeps every buy funded.' },
  'minimum-trade': { why: 'A smaller trade costs more attention than it corrects. The sale of a whole position is exempt.' },
  shares: {
    means: 'Whole shares, or fractions where the broker trades them.',
    why: 'Whole shares trade everywhere, and in both directions.',
  },
  unowned: { why: 'Selling what nobody told us about is the surprise that cannot be undone. To sell needs account.number.' },
  settlement: {
    absent: 'broker where the account has margin, else settled-only',
    why: 'The one rule under which no order of a cash account can be a violation.',
  },
  'invest-deposits': { why: 'A sale that is not made costs no spread and no tax.' },

  limits: {
    means: 'What no plan may pass; a plan beyond one is refused.',
    why: 'Each has a default, and is off only where the file says so.',
  },
  'limits.order-notional': { why: 'A slip of the finger. Mind it when a large account is first funded.' },
  'limits.order-shares': { why: 'A price gone wrong shows in the quantity.' },
  'limits.orders': { why: 'More trades than a portfolio of this kind has symbols mean a defect.' },
  'limits.session-orders': { why: 'Far below what the broker takes in three minutes.' },
  'limits.position': {
    absent: 'by symbol: its declared weight and band; up to 30% where conditions pick; 10% where prices decide',
    why: 'A weight that a person wrote down is meant; one that prices decide may be a mistake of the prices.',
  },
  'limits.groups': { absent: 'none', why: 'Only the owner knows what belongs together.' },
  'limits.groups.*.of': {
    means: 'The symbols of the group, each once.',
    why: 'A symbol that no sleeve holds is a mistake: the group would not mean what it says.',
  },
  'limits.groups.*.most': { why: 'Long and short are added up: both can go wrong at once.' },
  'limits.cluster': { absent: 'off', why: 'In many portfolios all shares go together, and are meant to.' },
  'limits.cluster.correlation': { why: 'Above it two funds are one bet under two names.' },
  'limits.cluster.window': { why: 'A quarter: long enough to be measured, short enough to be of today.' },
  'limits.cluster.most': { why: 'How much one bet may be is for the owner to say.' },
  'limits.net': { why: 'Nothing is borrowed, so it is never more.' },
  'limits.short': { why: 'A short position can lose more than it brought. At most what cash-reserve leaves.' },
  'limits.volume': { why: 'More moves the price. Where the volume is unknown, a live plan is denied.' },
  'limits.turnover': { why: 'A larger plan is scaled down and not refused, so the default leaves it whole.' },
  'limits.day-turnover': { why: 'To turn everything over twice a day is a defect. Never below limits.turnover.' },
  'limits.price-move': { why: 'Beyond it a split was missed or a quote is wrong more often than not.' },
  'limits.margin-buffer': { why: 'The cash reserve keeps some already.' },
  'limits.day-trades': {
    why: 'The rule of the broker by date: until 2026-07-06 a fourth in five sessions is denied to a small margin account.',
  },
  'limits.breaker': { why: 'A program that loses must stop by itself; a person decides when it goes on.' },
  'limits.breaker.day-loss': { why: 'What a portfolio of shares loses on its worst days, and no more.' },
  'limits.breaker.day-loss.caution': { why: 'The least that public systems use: it asks early.' },
  'limits.breaker.day-loss.restricted': { why: 'Between asking and stopping: nothing grows, everything can be left.' },
  'limits.breaker.day-loss.stopped': { why: 'The most that public systems use in a day.' },
  'limits.breaker.drawdown': { why: 'Slow losses, which no single day shows.' },
  'limits.breaker.drawdown.caution': { why: 'The most that public systems allow in all: it asks there.' },
  'limits.breaker.drawdown.restricted': { why: 'Between asking and stopping.' },
  'limits.breaker.drawdown.stopped': { why: 'What calm portfolios of shares and bonds have lost before: it stops before worse.' },
  'limits.stress': { absent: 'off: reported in every review', why: 'How much a bad hour may cost is for the owner to say.' },
  'limits.stress.day': { absent: 'off', why: 'It has happened to these symbols within a year.' },
  'limits.stress.week': { absent: 'off', why: 'Bad days come in a row.' },
  'limits.stress.shock': { absent: 'off', why: 'It has not happened within the year, and has before.' },
  'limits.stress.correlated': { absent: 'off', why: 'When it matters most, everything falls together.' },

  execution: { means: 'How orders are worked.', why: 'The defaults are for liquid funds near the close.' },
  'execution.style': { why: 'The spread of a liquid fund is worth less than the risk of not being invested.' },
  'execution.pegs': { why: 'Three steps of half a minute fit twice, sells and buys, between close-25m and the deadline.' },
  'execution.peg-wait': { why: 'About what a quote of a liquid fund needs to move by half its spread.' },
  'execution.collar-bps': { why: 'Several spreads of a liquid fund, and a small part of a day.' },
  'execution.approval-bps': { why: 'A move of one percent is where a plan is worth another look.' },
  'execution.deadline': { why: 'The minutes before the close are for canceling and confirming.' },
  'execution.quote-age': { why: 'An older quote says little of what a trade would cost.' },
  'execution.spread-bps': { why: 'Half a percent between the sides is no price for a liquid fund.' },
  'execution.slices': {
    means: 'Most slices of a trade whose estimated impact is above half the spread; 1 cuts nothing.',
    why: 'The price steps leave room for six between close-25m and the deadline.',
  },
  'execution.slice-volume': {
    means: 'Largest part of the average volume of a session in one slice.',
    why: 'A usual bound below which an order is one among many.',
  },
  'execution.participation': {
    means: 'Largest part of the volume that is expected while a slice works.',
    why: 'A tenth of what is traded is seldom noticed.',
  },
  'execution.auction': {
    means: 'With close, purchases and short sales go into the closing auction, where the broker offers it; whole shares only.',
    why: 'Most accounts have no auction: Alpaca offers it to some, and on paper it rarely fills.',
  },

  notify: { means: 'Whom to write to, and what.', why: 'Whoever is responsible for the money hears of it without asking.' },
  'notify.email': {
    absent: 'nobody',
    why: 'Nobody is written to unasked. An address confirms once, so that a mistake in it writes to nobody.',
  },
  'notify.digest': {
    why: 'A mail that comes every day shows by its absence that something is wrong; it also keeps the heads of the record outside the store.',
  },
};
