// For commands that change something: the deployment of the environment, or a demo that somebody named. Never the newest
// demo by itself: what was meant for an account would be done to a toy, and look as if it were done.
import { CommandFailure } from '../failure.ts';
import { chooseWorld, type WorldOptions } from './choose-world.ts';

/** @throws CommandFailure, exit 2, when nothing was named. */
export function changing<Options extends WorldOptions>(options: Options): Options {
  const choice = chooseWorld(options);
  if (choice.kind === 'deployment' || !choice.isNewest) return options;
  const message = `no EVENKEEL_… variable names a deployment; for the newest demo here say --state ${choice.folder}`;
  throw new CommandFailure('no-world', message, { exitCode: 2 });
}
