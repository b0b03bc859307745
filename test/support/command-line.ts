/** The command line within this process: what is typed behind `almanac`, without the second that a process takes. */
import { main } from '../../cli/main.ts';
import type { Ended, Settings } from './program.ts';

/** Runs a verb to its end; the environment is `settings` alone. */
export async function typed(words: string[], settings: Settings): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({ write: (text: string) => (said[name] += text) });
  const code = await main(words, { env: settings, stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...said };
}
