// The one table: its key names, shared by the stack that creates it, the adapters and the embedded run.
// What lies under the keys is the adapters' own business.

/** Both keys are strings. An item that has `expiresAt`, in seconds, is deleted after it: a lease may, a record never has it. */
export const stateTable = { partitionKey: 'pk', sortKey: 'sk', expiresAt: 'expiresAt' } as const;

/** The partition of what the owner was told lately: all of the table that notify may touch. */
export const TOLD_PARTITION = 'told';

/** The partition of the trial ledger: all of the table that research may touch. */
export const TRIALS_PARTITION = 'trials';
