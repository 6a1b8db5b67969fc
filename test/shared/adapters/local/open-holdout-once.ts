// A process that opens the holdout of `momentum` as soon as the clock says so, and prints what became of it.
import { FileTrialLedger } from '../../../../shared/adapters/local/file-trial-ledger.ts';
import { aHoldoutOpening } from '../../../builders/trials.ts';

const [file = '', by = '', at = '0'] = process.argv.slice(2);
const ledger = new FileTrialLedger(file);
// Both have started by then: the race is for the lock, not for the start.
while (Date.now() < Number(at));
const { kind } = await ledger.append([aHoldoutOpening({ by })], Number(at));
process.stdout.write(kind);
