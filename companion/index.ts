/** What the command line asks of the companion, and the bot beside which it runs. */
export { introduce } from './introduce.ts';
export { plan } from './plan.ts';
export { start } from './start.ts';
