// How often an engine, on AWS or at home, repeats a turn that failed before it gives the run to a person.
export const retryRules = { attemptsMax: 3, firstDelaySeconds: 10, backoffRate: 2 } as const;
