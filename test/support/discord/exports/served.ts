/** For the tests: exports behind a REST of their own. */
import type { APIMessage } from 'discord-api-types/v10';
import { afterEach, assert } from 'vitest';
import { worldFromExports } from '../exported.ts';
import { type Discord, startDiscord } from '../server.ts';
import type { Export } from './export.ts';

/** Serves exports to a test, with ways to ask; a test fails that leaves breaches of Discord's description behind. */
export function useServed() {
  const running: Discord[] = [];
  afterEach(async () => {
    const breaches = running.flatMap(({ oracleFaults }) => oracleFaults);
    await Promise.all(running.splice(0).map((discord) => discord.close()));
    assert.deepEqual(breaches, []);
  });

  return async (exports: (string | Export)[]) => {
    const { world, guild } = worldFromExports(exports);
    const discord = await startDiscord({ world, openapi: process.env['DISCORD_OPENAPI'] });
    running.push(discord);
    const get = async <T>(path: string): Promise<T> => {
      const answer = await fetch(`${discord.url}/v10${path}`, { headers: { authorization: 'Bot token' } });
      assert.equal(answer.status, 200, path);
      return (await answer.json()) as T;
    };
    /** All of a channel, oldest first. */
    const readAll = async (channelId: string): Promise<APIMessage[]> => {
      const all: APIMessage[] = [];
      for (let after = '0'; ; after = all.at(-1)!.id) {
        const page = await get<APIMessage[]>(`/channels/${channelId}/messages?limit=100&after=${after}`);
        if (page.length === 0) return all;
        all.push(...page.toReversed());
      }
    };
    return { world, guild, get, readAll };
  };
}
