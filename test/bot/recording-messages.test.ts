/** What is said, and what becomes of it: from the gateway to the tables. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

/** A scene that is being recorded. */
async function record(): Promise<Scene> {
  const scene = await open();
  await scene.start();
  return scene;
}

const TEXTS = 'select message_id as id, content from messages where guild_id = $1 order by message_id';

describe('a message', () => {
  it('is recorded with its author, its channel and its text', async () => {
    const { say, channel, ada, written, rows } = await record();
    const { id } = say('hello');
    await written();
    const query = `select message_id as id, channel_id, author_id, type, content, edited_at, pinned
      from messages where guild_id = $1`;
    expect(await rows(query)).toEqual([
      {
        id,
        channel_id: channel.id,
        author_id: ada,
        type: 0,
        content: 'hello',
        edited_at: null,
        pinned: false,
      },
    ]);
    const people = 'select user_id as id, name, roles from members where guild_id = $1 and user_id = $2';
    expect(await rows(people, ada)).toEqual([{ id: ada, name: 'ada', roles: [] }]);
  });

  it('is there with its files, embeds and stickers', async () => {
    const { world, guild, channel, ada, written, rows } = await record();
    world.setStickers(guild.id, [{ name: 'wave' }]);
    const [sticker] = guild.stickers.keys();
    const { id, attachments } = world.send(channel.id, {
      author: ada,
      attachments: [{ filename: 'a.txt', size: 7, contentType: 'text/plain' }, 'b.png'],
      embeds: [{ title: 'An embed', description: 'of a page' }],
      stickers: [sticker!],
    });
    await written();
    const files = `select message_id, attachment_id, file_name, content_type, size_bytes
      from attachments where guild_id = $1 order by attachment_id`;
    const [a, b] = attachments.map((file) => ({ message_id: id, attachment_id: file.id }));
    expect(await rows(files)).toEqual([
      { ...a, file_name: 'a.txt', content_type: 'text/plain', size_bytes: '7' },
      { ...b, file_name: 'b.png', content_type: 'image/png', size_bytes: '1000' },
    ]);
    expect(await rows('select message_id, embed_count, embeds from embeds where guild_id = $1')).toEqual([
      { message_id: id, embed_count: 1, embeds: [{ title: 'An embed', description: 'of a page' }] },
    ]);
    expect(await rows('select message_id, sticker_id, name from stickers where guild_id = $1')).toEqual([
      { message_id: id, sticker_id: sticker, name: 'wave' },
    ]);
  });

  it('knows what it answers and whom it mentions', async () => {
    const { world, guild, channel, say, ada, ben, cleo, written, rows } = await record();
    const role = world.addRole(guild.id, { name: 'crew' });
    const first = say('who is there?');
    const content = `<@${cleo}>, <@&${role.id}> and <#${channel.id}>`;
    const reply = world.send(channel.id, { author: ben, content, replyTo: first.id });
    await written();
    const replies = 'select message_id, replied_to_id, replied_to_author_id from replies where guild_id = $1';
    expect(await rows(replies)).toContainEqual({
      message_id: reply.id,
      replied_to_id: first.id,
      replied_to_author_id: ada,
    });
    const mentions =
      'select kind, target_id as of from mentions where guild_id = $1 order by kind, target_id';
    expect(await rows(mentions)).toEqual([
      { kind: 'channel', of: channel.id },
      { kind: 'role', of: role.id },
      { kind: 'user', of: ada },
      { kind: 'user', of: cleo },
    ]);
  });

  it('is told apart from one that it forwards', async () => {
    const { world, channel, say, ben, written, rows } = await record();
    const first = say('worth telling');
    const forward = world.send(channel.id, { author: ben, forward: first });
    await written();
    const query = `select m.message_id as id, m.content, m.reference_type as type, m.reference_message_id as of, f.content as copy
      from messages m join forwards f using (guild_id, message_id) where guild_id = $1`;
    expect(await rows(query)).toEqual([
      { id: forward.id, content: '', type: 1, of: first.id, copy: 'worth telling' },
    ]);
  });

  it('of a webhook is by the name that it took', async () => {
    const { world, channel, written, rows } = await record();
    const { authorId } = world.send(channel.id, { webhook: { name: 'News' }, content: 'extra!' });
    await written();
    expect(await rows('select author_id, webhook_name from messages where guild_id = $1')).toEqual([
      { author_id: authorId, webhook_name: 'News' },
    ]);
    const people =
      'select is_webhook, display_name, joined_at from members where guild_id = $1 and user_id = $2';
    expect(await rows(people, authorId)).toEqual([
      { is_webhook: true, display_name: 'News', joined_at: null },
    ]);
  });

  it('is taken apart: its links and emoji are counted, and whether it asks', async () => {
    const { say, written, rows } = await record();
    say('https://example.org/page 🎈 is it?');
    await written();
    expect(await rows('select asks from messages where guild_id = $1')).toEqual([{ asks: true }]);
    expect(await rows('select domain from links where guild_id = $1')).toEqual([{ domain: 'example.org' }]);
    expect(await rows('select emoji_key, uses from emoji_uses where guild_id = $1')).toEqual([
      { emoji_key: '🎈', uses: 1 },
    ]);
  });
});

describe('an edit', () => {
  it('is known by Discord’s own time of it, and the earlier texts are kept', async () => {
    const { world, say, written, rows } = await record();
    const message = say('frist');
    // Discord's times have milliseconds: within one there is one version.
    await sleep(2);
    world.edit(message, 'first');
    await sleep(2);
    const { editedAt } = world.edit(message, 'first!');
    await written();
    const query = 'select content, edited_at from messages where guild_id = $1';
    expect(await rows(query)).toEqual([{ content: 'first!', edited_at: new Date(editedAt!) }]);
    expect(await rows('select content from edits where guild_id = $1 order by version')).toEqual([
      { content: 'frist' },
      { content: 'first' },
    ]);
  });

  it('is none where Discord shows what a link leads to; but that is there', async () => {
    const { world, say, written, rows } = await record();
    const message = say('https://example.org/page');
    world.unfurl(message, { title: 'A page' });
    await written();
    const query = `select edited_at, content, embeds, (select count(*)::int from edits) as edits
      from messages join embeds using (guild_id, message_id) where guild_id = $1`;
    expect(await rows(query)).toEqual([
      { edited_at: null, content: message.content, embeds: [{ title: 'A page' }], edits: 0 },
    ]);
  });

  it('leaves the files that it took away behind', async () => {
    const { world, channel, ada, written, rows } = await record();
    const message = world.send(channel.id, { author: ada, content: 'two', attachments: ['a.png', 'b.png'] });
    await written();
    world.edit(message, { content: 'one', attachments: message.attachments.slice(1) });
    await written();
    expect(await rows('select file_name from attachments where guild_id = $1')).toEqual([
      { file_name: 'b.png' },
    ]);
  });

  it('pinning is none, nor is unpinning', async () => {
    const { world, say, written, rows } = await record();
    const query = 'select pinned, edited_at from messages where guild_id = $1';
    const message = say('the rules');
    world.pin(message);
    await written();
    expect(await rows(query)).toEqual([{ pinned: true, edited_at: null }]);
    world.unpin(message);
    await written();
    expect(await rows(query)).toEqual([{ pinned: false, edited_at: null }]);
  });
});

describe('a deletion', () => {
  const GONE = `select message_id as id, content, gone_at is not null as told, absent_at is not null as inferred
    from messages where guild_id = $1 order by message_id`;
  const gone = (id: string) => ({ id, content: null, told: true, inferred: false });

  it('is told, and takes all that was said with it', async () => {
    const { world, say, written, rows } = await record();
    const message = say('never mind');
    world.edit(message, 'never ever mind');
    const other = say('what?');
    await written();
    world.deleteMessage(message);
    await written();
    expect(await rows(GONE)).toEqual([
      gone(message.id),
      { id: other.id, content: 'what?', told: false, inferred: false },
    ]);
    expect(await rows('select content from edits where guild_id = $1')).toEqual([]);
  });

  it('of many at once is of each', async () => {
    const { world, say, channel, written, rows } = await record();
    const ids = ['one', 'two', 'three'].map((text) => say(text).id);
    await written();
    world.bulkDelete(channel.id, ids.slice(0, 2));
    await written();
    expect(await rows(GONE)).toEqual([
      gone(ids[0]!),
      gone(ids[1]!),
      { id: ids[2], content: 'three', told: false, inferred: false },
    ]);
  });

  it('of a message that was never seen is kept, and nobody wrote it', async () => {
    const scene = await open();
    const message = scene.say('before anybody listened');
    await scene.start();
    scene.world.deleteMessage(message);
    await scene.written();
    expect(await scene.rows(GONE)).toEqual([gone(message.id)]);
    expect(await scene.rows('select author_id from messages where guild_id = $1')).toEqual([
      { author_id: null },
    ]);
  });
});

describe('a burst', () => {
  it('of a thousand messages is there, each once, in their order', async () => {
    const { say, written, rows } = await record();
    const sent = Array.from({ length: 1_000 }, (_, i) => say(`message ${i}`)).map(({ id, content }) => ({
      id,
      content,
    }));
    await written();
    expect(await rows(TEXTS)).toEqual(sent);
  });
});
