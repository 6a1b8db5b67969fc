// How every command that counts trials says where, in its help.

/** Stands where the name of a file may stand. A file of that name is `./deployed`. */
export const DEPLOYED_LEDGER = 'deployed';
export const LEDGER_STAGE_MEANS = 'of the deployed ledger: paper or live; left out, the one of the EVENKEEL_… variables, else paper';
