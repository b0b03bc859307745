import { beforeAll, describe, expect, it } from 'vitest';
import { answerers } from '../../../db/queries/answerers.ts';
import { askingHours } from '../../../db/queries/asking-hours.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { questionsAsked } from '../../../db/queries/questions-asked.ts';
import replyTimesQuestion, { replyTimes } from '../../../db/queries/reply-times.ts';
import { unansweredQuestions } from '../../../db/queries/unanswered-questions.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { groupBy, localParts, naiveGuild, nameOf } from '../../support/naive.ts';
import { questionsOf, recordEndOf, waitedMinutes } from '../../support/naive-questions.ts';
import { firstBy, listedOf } from '../../support/naive-rows.ts';

const DAY_MS = 86_400_000;
const STEPS = [1, 5, 15, 60, 240, 1440, null];

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`, 3000);
  // Made posts all begin with a question mark.
  await database.pool.query(
    'update messages set asks = false where message_id = channel_id and author_id % 2 = 0',
  );
  guild.naive = await naiveGuild(database.db, guild.guildId);
});

async function inEveryScope(check: (scope: Asked, name: string) => Promise<void>): Promise<void> {
  for (const [name, scope] of Object.entries(guild.scopes)) await check(scope, name);
}

describe('questions, in every scope, are what a naive pass finds', () => {
  it('and there are some of each sort in it', () => {
    const all = questionsOf(guild.naive, guild.scopes['all time']!);
    const count = (is: (one: (typeof all)[number]) => boolean) => all.filter(is).length;
    expect(count(({ answer }) => answer === undefined)).toBeGreaterThan(100);
    expect(count(({ answer }) => answer?.isReply === true)).toBeGreaterThan(100);
    expect(count(({ question, answer }) => answer?.channelId === question.id)).toBeGreaterThan(5);
    expect(count(({ question }) => !question.asks)).toBeGreaterThan(0);
    expect(count(({ waitedMs }) => waitedMs > DAY_MS && waitedMs < Infinity)).toBeGreaterThan(5);
  });

  it('questions-asked', () =>
    inEveryScope(async (scope, name) => {
      const questions = questionsOf(guild.naive, scope);
      const answered = questions.filter(({ answer }) => answer).length;
      const endMs = recordEndOf(guild.naive, scope) ?? 0;
      expect(await questionsAsked(database.db, scope), name).toEqual({
        asked: questions.length,
        answered,
        unanswered: questions.length - answered,
        unansweredAfter24h: questions.filter(
          ({ question, waitedMs }) => waitedMs > DAY_MS && question.ms + DAY_MS <= endMs,
        ).length,
        medianMinutes: waitedMinutes(questions, 0.5),
        p90Minutes: waitedMinutes(questions, 0.9),
      });
    }));

  it('unanswered-questions', () =>
    inEveryScope(async (scope, name) => {
      const waiting = questionsOf(guild.naive, scope).filter(({ answer }) => !answer);
      const naive = waiting
        .toReversed()
        .slice(0, scope.limit)
        .map(({ question }) => ({
          ...listedOf(guild.naive, question),
          ageHours: Math.round((recordEndOf(guild.naive, scope)! - question.ms) / 360_000) / 10,
        }));
      expect(await unansweredQuestions(database.db, scope), name).toEqual(naive);
    }));

  it('answerers', () =>
    inEveryScope(async (scope, name) => {
      const { members, ...anyone } = scope;
      const answered = questionsOf(guild.naive, anyone).filter(
        ({ answer }) =>
          answer &&
          !guild.naive.unranked.has(answer.authorId) &&
          members?.includes(answer.authorId) !== false,
      );
      const rows = [...groupBy(answered, ({ answer }) => answer!.authorId)].map(([id, list]) => ({
        id,
        name: nameOf(guild.naive, id),
        answered: list.length,
        medianMinutes: waitedMinutes(list, 0.5),
        channels: new Set(list.map(({ question }) => question.channelId)).size,
      }));
      const naive = firstBy(
        rows,
        scope.limit,
        (row) => row.answered,
        (row) => row.id,
      );
      expect(await answerers(database.db, scope), name).toEqual(naive);
    }));

  it('reply-times', () =>
    inEveryScope(async (scope, name) => {
      const questions = questionsOf(guild.naive, scope);
      const steps = questions.map(({ waitedMs }) =>
        STEPS.findIndex((step) => waitedMs <= (step ?? Infinity) * 60_000),
      );
      const unanswered = questions.filter(({ answer }) => !answer).length;
      const buckets = STEPS.map((upToMinutes, i) => ({
        upToMinutes,
        questions: steps.filter((step, of) => step === i && questions[of]!.answer).length,
      }));
      expect(await replyTimes(database.db, scope), name).toEqual({ buckets, unanswered });
    }));

  it('asking-hours', () =>
    inEveryScope(async (scope, name) => {
      const hourOf = (ms: number | undefined) => ms && localParts(ms, scope.window.timeZone).hour;
      const questions = questionsOf(guild.naive, scope);
      const naive = Array.from({ length: 24 }, (_, hour) => ({
        hour,
        asked: questions.filter(({ question }) => hourOf(question.ms) === hour).length,
        answered: questions.filter(({ answer }) => hourOf(answer?.ms) === hour).length,
      }));
      expect(await askingHours(database.db, scope), name).toEqual(naive);
    }));
});

it('reply-times ends with the questions that nobody answered', async () => {
  const scope = guild.scopes['all time']!;
  const rows = await replyTimesQuestion.ask(database.db, scope);
  expect(rows).toHaveLength(8);
  expect(rows.at(-1)).toEqual({
    label: 'not answered',
    upToMinutes: null,
    questions: (await replyTimes(database.db, scope)).unanswered,
  });
});
