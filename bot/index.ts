/** What the command line asks of the bot. */
export { doctor } from './doctor.ts';
export { start } from './start.ts';
