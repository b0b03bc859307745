/** What `/settings` tells of channels and roles, and to whom. */
import { describe, expect, it } from 'vitest';
import type { Options } from '../../../commands/command.ts';
import {
  BOTS,
  channel,
  GENERAL,
  GONE,
  HIDDEN,
  MANAGER,
  MODERATOR,
  MODS,
  NEWS,
  OWNER,
  REPORTS,
  STAFF,
  textOf,
  THREAD,
  useSettings,
} from './scene.ts';

const { database, write, use, save, talk } = useSettings();

const told = async (options?: Options) => textOf(await use({ ...(options && { options }) }));
describe('the weekly channel', () => {
  const VIEW = 1n << 10n;
  const HISTORY = 1n << 16n;
  const why = async (weeklyChannel: string) => {
    await save({ weeklyChannel });
    return (await told()).split('\n')[2];
  };

  it('of all permissions is as it should be', async () => {
    expect(await why(REPORTS)).toMatch(/Next report: [^*]+\.$/);
  });

  it('tells what the bot lacks in it', async () => {
    expect(await why(NEWS)).toContain('**It cannot be: there the bot lacks Send Messages and Attach Files.');
    await write({
      channels: [channel(REPORTS, 'reports', { at: 9, rules: [{ id: BOTS, deny: VIEW | HISTORY }] })],
    });
    expect(await why(REPORTS)).toContain('lacks View Channel and Read Message History.');
  });

  it('that is hidden, deleted or unknown is told of as such', async () => {
    expect(await why(HIDDEN)).toContain('lacks View Channel, Send Messages, Read Message History and Attach');
    expect(await why(GONE)).toContain(
      `a deleted channel (${GONE}), every Monday at 9:00, if need be up to 3 days late. **It cannot be: the`,
    );
    expect(await why('999999999999999999')).toContain('**It cannot be: the bot does not see that channel.');
  });

  it('is fine as far as is known, where the bot does not know its own roles', async () => {
    await save({ weeklyChannel: NEWS });
    const message = await use({ context: { botId: '999999999999999998' } });
    expect(textOf(message)).toMatch(
      /in \*\*\\#news\*\*, every Monday at 9:00, if need be up to 3 days late\. Next report: /,
    );
  });
});

describe('the help channel', () => {
  const said = async (helpChannel: string, more = {}) => {
    await save({ helpChannel });
    const text = textOf(await use(more));
    return text.split('\n').find((line) => line.includes('/guide about'));
  };
  const CLOSED = '**But as far as the bot knows, members without a role do not see that channel.';

  it('that everybody sees is as it should be', async () => {
    expect(await said(REPORTS)).toMatch(/is sent to \*\*\\#reports\*\*\.$/);
    expect(await said(THREAD)).toMatch(/is sent to \*\*↳ Plans for autumn\*\*\.$/);
  });

  it('that only some see, or nobody knows of, is warned of', async () => {
    expect(await said(STAFF)).toContain(`is sent to <#${STAFF}>. ${CLOSED}`);
    expect(await said(STAFF, { asker: MODERATOR })).toContain(`is sent to **\\#staff**. ${CLOSED}`);
    expect(await said(HIDDEN)).toContain(CLOSED);
    expect(await said('999999999999999999')).toContain(CLOSED);
  });

  it('that was deleted is told of as such', async () => {
    expect(await said(GONE)).toContain(`a deleted channel (${GONE}). **But the channel was deleted.`);
  });
});

describe('names', () => {
  it('of channels stand only where the asker can see them', async () => {
    await save({ excludedChannels: [STAFF, HIDDEN, GENERAL], weeklyChannel: STAFF });
    const text = await told();
    expect(text).not.toMatch(/staff|secret/);
    expect(text).toContain(`nor counted: **\\#general**, <#${STAFF}> and <#${HIDDEN}>.`);
    expect(textOf(await use({ asker: MODERATOR }))).toContain('posted in **\\#staff**');
    const owner = textOf(await use({ asker: { ...MANAGER, id: OWNER, roles: [] } }));
    expect(owner).toContain('**\\#secret plans**');
  });

  it('of private threads stand only where the asker may manage threads', async () => {
    const secret = { ...channel(THREAD, 'Plans for autumn', { at: 9, type: 12, parentId: GENERAL }) };
    await database.pool.query('delete from channels where channel_id = $1', [THREAD]);
    await write({ channels: [{ ...secret, details: undefined as never }] });
    await save({ excludedChannels: [THREAD] });
    expect(await told()).toContain(`nor counted: <#${THREAD}>.`);
    await expect(use({ options: { exclude: THREAD } })).rejects.toThrow('no channel or category');
    const owner = textOf(await use({ asker: { ...MANAGER, id: OWNER } }));
    expect(owner).toContain('nor counted: **↳ Plans for autumn**.');
  });

  it('of roles that are there no more are not shown', async () => {
    await save({ commandRoles: { stats: ['999999999999999999', MODS] } });
    expect(await told()).toContain('/stats: a deleted role and **Mods**, and who may Manage Server');
  });

  it('of channels that the asker cannot read are not in the line of coverage, nor does it count them', async () => {
    await talk(STAFF, GENERAL);
    expect(await told()).toContain('The first message that you can read is of 16 March 2024.');
    expect(textOf(await use({ asker: MODERATOR }))).toContain('is of 15 March 2024.');
  });
});
