/** What people give to messages: reactions, and votes in polls. */
import { describe, expect, it } from 'vitest';
import { type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

async function record(): Promise<Scene> {
  const scene = await open();
  await scene.start();
  return scene;
}

const TOTALS = `select emoji_key as emoji, total from reactions where guild_id = $1 and total > 0 order by emoji_key`;
const WHO = `select emoji_key as emoji, user_id as who, burst, added_at is not null as added, removed_at is not null as removed
  from reaction_users where guild_id = $1 order by emoji_key, user_id, burst`;

describe('a reaction', () => {
  it('is counted, with who gave it, normal and burst apart', async () => {
    const { world, guild, say, ada, ben, written, rows } = await record();
    world.setEmoji(guild.id, [{ name: 'blob' }]);
    const [blob] = guild.emoji.keys();
    const message = say('look');
    world.react(message, ada, '👍');
    world.react(message, ben, '👍');
    world.react(message, ben, '👍', { burst: true });
    world.react(message, ada, blob!);
    await written();
    expect(await rows(TOTALS)).toEqual([
      { emoji: blob, total: 1 },
      { emoji: '👍', total: 3 },
    ]);
    const added = { added: true, removed: false };
    expect(await rows(WHO)).toEqual([
      { emoji: blob, who: ada, burst: false, ...added },
      { emoji: '👍', who: ada, burst: false, ...added },
      { emoji: '👍', who: ben, burst: false, ...added },
      { emoji: '👍', who: ben, burst: true, ...added },
    ]);
    expect(
      await rows(`select emoji_name as name from reactions where guild_id = $1 and emoji_key = $2`, blob),
    ).toEqual([{ name: 'blob' }]);
  });

  it('that is taken back counts no more', async () => {
    const { world, say, ada, ben, written, rows } = await record();
    const message = say('look');
    world.react(message, ada, '👍');
    world.react(message, ben, '👍');
    world.unreact(message, ada, '👍');
    await written();
    expect(await rows(TOTALS)).toEqual([{ emoji: '👍', total: 1 }]);
    expect(await rows(WHO)).toEqual([
      { emoji: '👍', who: ada, burst: false, added: true, removed: true },
      { emoji: '👍', who: ben, burst: false, added: true, removed: false },
    ]);
  });

  it('given again after it was taken back counts again', async () => {
    const { world, say, ada, written, rows } = await record();
    const message = say('look');
    world.react(message, ada, '👍');
    world.unreact(message, ada, '👍');
    await written();
    expect(await rows(TOTALS)).toEqual([]);
    world.react(message, ada, '👍');
    await written();
    expect(await rows(TOTALS)).toEqual([{ emoji: '👍', total: 1 }]);
  });

  it('goes with its emoji, or with all, when they are cleared', async () => {
    const { world, say, ada, ben, written, rows } = await record();
    const message = say('look');
    for (const emoji of ['👍', '🎈']) for (const who of [ada, ben]) world.react(message, who, emoji);
    world.clearEmoji(message, '👍');
    await written();
    expect(await rows(TOTALS)).toEqual([{ emoji: '🎈', total: 2 }]);
    world.clearReactions(message);
    world.react(message, ben, '👍');
    await written();
    expect(await rows(TOTALS)).toEqual([{ emoji: '👍', total: 1 }]);
  });
});

describe('a poll', () => {
  it('is recorded with its answers, its votes and who took theirs back', async () => {
    const { world, channel, ada, ben, cleo, written, rows } = await record();
    const poll = { question: 'Where to?', answers: ['sea', 'hills'] };
    const message = world.send(channel.id, { author: ada, poll });
    world.vote(message, ada, 1);
    world.vote(message, ben, 2);
    world.unvote(message, ben, 2);
    world.vote(message, ben, 1);
    world.vote(message, cleo, 2);
    world.endPoll(message);
    await written();
    const query = `select answers, poll->'question'->>'text' as question, poll->'results'->>'is_finalized' as over
      from polls where guild_id = $1`;
    expect(await rows(query)).toEqual([{ answers: 2, question: 'Where to?', over: 'true' }]);
    const votes = `select answer_id as answer, user_id as who from poll_votes
      where guild_id = $1 and added_at > coalesce(removed_at, '-infinity') order by answer_id, user_id`;
    expect(await rows(votes)).toEqual([
      { answer: 1, who: ada },
      { answer: 1, who: ben },
      { answer: 2, who: cleo },
    ]);
  });
});
