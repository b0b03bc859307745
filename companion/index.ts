/** What the command line asks of the companion, and the bot beside which it runs. */
export { introduce } from './introduce.ts';
export { jobs } from './jobs.ts';
export { outlook } from './outlook.ts';
export { plan } from './plan.ts';
export { refresh } from './refresh.ts';
export { run } from './run.ts';
export { serve as http } from './serve.ts';
export { start } from './start.ts';
