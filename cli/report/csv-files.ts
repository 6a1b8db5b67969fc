// The files of `evenkeel report --csv`: each with its columns, what each column means, and its rows. The reference of the files is
// made of the same table.
import type { ReportDocument } from './report-document.ts';

interface Column<Row> {
  readonly name: string;
  readonly means: string;
  readonly of: (row: Row) => string | null;
}

export interface CsvFile {
  readonly name: string;
  readonly holds: string;
  readonly columns: readonly { readonly name: string; readonly means: string }[];
  /** In the order of the columns; null where it is not known. */
  rows(report: ReportDocument): readonly (readonly (string | null)[])[];
}

function csvFile<Row>(
  name: string,
  holds: string,
  rowsOf: (report: ReportDocument) => readonly Row[],
  columns: readonly Column<Row>[],
): CsvFile {
  return {
    name,
    holds,
    columns: [{ name: 'portfolio', means: 'its name' }, ...columns],
    rows: (report) => rowsOf(report).map((row) => [report.portfolio, ...columns.map((column) => column.of(row))]),
  };
}

const RUN = 'the run, as `evenkeel show` takes it';
const SESSION = 'its session';
const SHARES = 'in shares';

export const CSV_FILES: readonly CsvFile[] = [
  csvFile('runs.csv', 'the runs of the period', ({ runs }) => runs, [
    { name: 'run', means: RUN, of: ({ runId }) => runId },
    { name: 'session', means: SESSION, of: ({ session }) => session },
    { name: 'phase', means: 'where it stands', of: ({ phase }) => phase },
    { name: 'ending', means: 'how it ended', of: ({ ending }) => ending },
    { name: 'code', means: 'why it was refused', of: ({ code }) => code },
    { name: 'detail', means: 'the same in words', of: ({ detail }) => detail },
    {
      name: 'override',
      means: 'who let it trade live without what it needed, and why',
      of: ({ override }) => (override === null ? null : `${override.by}: ${override.reason}`),
    },
  ]),
  csvFile('trades.csv', 'what the runs planned and what came of it', ({ trades }) => trades, [
    { name: 'run', means: RUN, of: ({ runId }) => runId },
    { name: 'session', means: SESSION, of: ({ session }) => session },
    { name: 'symbol', means: 'what was traded', of: ({ symbol }) => symbol },
    { name: 'side', means: '`buy` or `sell`', of: ({ side }) => side },
    { name: 'short', means: '`yes` where it made or ended a short position', of: ({ isShort }) => (isShort ? 'yes' : 'no') },
    { name: 'planned', means: SHARES, of: ({ planned }) => planned },
    { name: 'filled', means: SHARES, of: ({ filled }) => filled },
    { name: 'decision_price', means: 'the mid when it was decided', of: ({ decision }) => decision },
    { name: 'average_price', means: 'over all fills', of: ({ average }) => average },
    { name: 'delay', means: 'dollars, from the decision to the first order', of: ({ shortfall }) => shortfall?.delay ?? null },
    { name: 'execution', means: 'dollars, from the first order to the fills', of: ({ shortfall }) => shortfall?.execution ?? null },
    { name: 'opportunity', means: 'dollars, on what did not fill', of: ({ shortfall }) => shortfall?.opportunity ?? null },
    { name: 'fees', means: 'dollars, by the table of regulatory fees', of: ({ shortfall }) => shortfall?.fees ?? null },
    { name: 'left', means: 'shares that were left', of: ({ residual }) => residual?.quantity ?? null },
    { name: 'left_why', means: 'why they were left', of: ({ residual }) => residual?.code ?? null },
  ]),
  csvFile('orders.csv', 'every order that can fill no more', ({ orders }) => orders, [
    { name: 'run', means: RUN, of: ({ runId }) => runId },
    { name: 'session', means: SESSION, of: ({ session }) => session },
    { name: 'account', means: "the broker's number of it", of: ({ accountNumber }) => accountNumber },
    { name: 'client_order_id', means: 'its name at the broker', of: ({ clientOrderId }) => clientOrderId },
    { name: 'symbol', means: 'what was ordered', of: ({ symbol }) => symbol },
    { name: 'side', means: '`buy` or `sell`', of: ({ side }) => side },
    { name: 'quantity', means: SHARES, of: ({ quantity }) => quantity },
    { name: 'limit_price', means: 'dollars a share', of: ({ limitPrice }) => limitPrice },
    { name: 'filled', means: SHARES, of: ({ filled }) => filled },
    { name: 'average_price', means: 'of its fills', of: ({ averageFillPrice }) => averageFillPrice },
    { name: 'status', means: 'how it ended', of: ({ status }) => status },
  ]),
  csvFile('positions.csv', 'what was held after the last run that looked', ({ positions }) => positions, [
    { name: 'run', means: RUN, of: ({ runId }) => runId },
    { name: 'session', means: SESSION, of: ({ session }) => session },
    { name: 'symbol', means: 'what is held; `cash` has a line of its own', of: ({ symbol }) => symbol },
    { name: 'quantity', means: 'in shares, negative when short', of: ({ quantity }) => quantity },
    { name: 'value', means: 'dollars', of: ({ value }) => value },
    { name: 'weight', means: 'of the portfolio', of: ({ weight }) => weight },
    { name: 'target', means: 'what its weight should be', of: ({ target }) => target },
    { name: 'drift', means: 'weight less target', of: ({ drift }) => drift },
    { name: 'cost', means: 'of its open lots', of: ({ cost }) => cost },
    { name: 'unrealised', means: 'value less cost', of: ({ unrealised }) => unrealised },
  ]),
  csvFile('equity.csv', 'the account after each run', ({ equity }) => equity, [
    { name: 'run', means: RUN, of: ({ runId }) => runId },
    { name: 'session', means: SESSION, of: ({ session }) => session },
    { name: 'equity', means: 'dollars', of: ({ equity }) => equity },
    { name: 'cash', means: 'dollars, of the equity', of: ({ cash }) => cash },
  ]),
  csvFile('cash.csv', 'money that came and went without a trade', ({ cash }) => cash, [
    { name: 'date', means: 'in New York', of: ({ on }) => on },
    { name: 'kind', means: '`transfer`, `dividend`, `interest`, `fee` or `unknown`', of: ({ kind }) => kind },
    { name: 'word', means: "the broker's word for it", of: ({ word }) => word },
    { name: 'symbol', means: 'where it is of one', of: ({ symbol }) => symbol },
    { name: 'amount', means: 'dollars, negative where they went', of: ({ amount }) => amount },
  ]),
  csvFile('lots.csv', 'open lots at the end of the period', ({ lots }) => lots, [
    { name: 'symbol', means: 'what is held', of: ({ symbol }) => symbol },
    { name: 'side', means: '`long` or `short`', of: ({ side }) => side },
    { name: 'quantity', means: 'in shares, above zero', of: ({ quantity }) => quantity },
    { name: 'acquired', means: 'the trade date, or since when it is certainly held', of: ({ acquired }) => acquired },
    { name: 'amount', means: 'what a long lot cost, or a short one brought', of: ({ amount }) => amount },
    { name: 'origin', means: 'the entry of the ledger that made it', of: ({ origin }) => origin },
  ]),
  csvFile('gains.csv', 'lots, or parts of them, that ended', ({ gains }) => gains, [
    { name: 'symbol', means: 'what was held', of: ({ symbol }) => symbol },
    { name: 'side', means: '`long` or `short`', of: ({ side }) => side },
    { name: 'quantity', means: SHARES, of: ({ quantity }) => quantity },
    { name: 'acquired', means: 'the trade date, or since when it was certainly held', of: ({ acquired }) => acquired },
    { name: 'disposed', means: 'the trade date', of: ({ disposed }) => disposed },
    { name: 'cost', means: 'dollars, before fees', of: ({ cost }) => cost },
    { name: 'proceeds', means: 'dollars, before fees', of: ({ proceeds }) => proceeds },
    { name: 'gain', means: 'proceeds less cost', of: ({ gain }) => gain },
    { name: 'term', means: '`short`, `long`, or `unknown`', of: ({ term }) => term },
    { name: 'wash_sale', means: '`flagged`, `open` (its 30 days are not over), `no` or `unknown`', of: ({ washSale }) => washSale },
    { name: 'wash_dates', means: 'when it was acquired again, or until when that would count', of: ({ washDates }) => washDates.join(' ') },
  ]),
  csvFile('surveillance.csv', 'what a regulator would ask about', ({ surveillance }) => surveillance, [
    { name: 'code', means: '`self-cross` or `excessive-cancels`', of: ({ code }) => code },
    { name: 'session', means: 'the session', of: ({ session }) => session },
    { name: 'symbol', means: 'the symbol', of: ({ symbol }) => symbol },
    { name: 'orders', means: 'client order ids', of: ({ orders }) => orders.join(' ') },
  ]),
];
