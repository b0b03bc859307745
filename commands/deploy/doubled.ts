/** Commands that a server shows twice: once for every server, and once for it alone. */
import type { REST } from '@discordjs/rest';
import { type APIApplicationCommand, Routes } from 'discord-api-types/v10';

/** Of a bot in many servers not each is asked. */
const GUILDS_MAX = 10;

/** A warning, where there are any; else undefined. */
export async function doubledWords(
  rest: Pick<REST, 'get'>,
  applicationId: string,
  guildId: string | undefined,
  ours: readonly { name: string }[],
): Promise<string | undefined> {
  const names = new Set(ours.map(({ name }) => name));
  const doubledAt = async (route: `/${string}`): Promise<string[]> => {
    const there = (await rest.get(route)) as APIApplicationCommand[];
    return there.filter(({ name }) => names.has(name)).map(({ name }) => `/${name}`);
  };
  if (guildId !== undefined) {
    const doubled = await doubledAt(Routes.applicationCommands(applicationId));
    return doubled.length === 0
      ? undefined
      : `NOTE: this server shows twice what is there for every server, too: ${doubled.join(', ')}. To have it once: npm run deploy-commands -- --guild ${guildId} --remove`;
  }
  const query = new URLSearchParams({ limit: String(GUILDS_MAX) });
  const guilds = (await rest.get(Routes.userGuilds(), { query })) as { id: string }[];
  const lines: string[] = [];
  for (const { id } of guilds) {
    // A server that the bot may put no commands into has none.
    const doubled = await doubledAt(Routes.applicationGuildCommands(applicationId, id)).catch(() => []);
    if (doubled.length > 0)
      lines.push(
        `NOTE: the server ${id} has ${doubled.join(', ')} of its own, too, and shows them twice. To take those away: npm run deploy-commands -- --guild ${id} --remove`,
      );
  }
  return lines.length > 0 ? lines.join('\n') : undefined;
}
