// The one table: its key names, shared by the stack that creates it, the adapters and the embedded run.
// What lies under the keys is the adapters' own business.

/** Both keys are strings. */
export const stateTable = { partitionKey: 'pk', sortKey: 'sk' } as const;
