// How every command that chooses a world says so in its help.

export const STATE_OPTION = '--state <folder>';
export const STATE_MEANS = 'of a demo that does not run, instead of a deployment; such as .evenkeel/demo-1a2b3c4d';
export const WORLD_HELP =
  '\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment;\nwithout any of them it takes the newest demo in .evenkeel.';
