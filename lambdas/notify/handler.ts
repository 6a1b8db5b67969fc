// The notify function as AWS calls it.
import { deployedNotify } from '../../shared/wiring/deployed-notify.ts';
import { notifyHandler } from './notify-handler.ts';

export const handler = notifyHandler(deployedNotify);
