/** A stack as CloudFormation tells of it. */
export interface DeployedStack {
  /** CloudFormation's own word: `CREATE_COMPLETE`, `UPDATE_ROLLBACK_COMPLETE`, … */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The AWS account and region that the caller's credentials are for. Methods throw `OutsideError`. */
export interface CloudAccount {
  identity(): Promise<{ readonly account: string; readonly caller: string; readonly region: string }>;
  /** undefined when there is none of that name. */
  stack(name: string): Promise<DeployedStack | undefined>;
  /** The logical ids of a stack's resources of one type; none when there is no such stack. */
  resources(stack: string, type: string): Promise<readonly string[]>;
}
