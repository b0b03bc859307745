import { questions } from '../../../db/queries/index.ts';
import { readSettings } from '../../../db/settings.ts';
import { answerJson, answerQuestion } from '../../../reports/answer.ts';
import { type AskedQuestion, askedOf } from '../../../reports/asked.ts';
import { Refusal } from '../refusal.ts';
import type { ApiRoute, Parameters } from '../route.ts';
import { count, flag, id, list, label, object, oneOf, orNull, text, time } from '../schema.ts';
import { GUILD, QUESTION } from './parameters.ts';
import { countedChannels, textOf } from './scope.ts';
import { coverage, row } from './shapes.ts';

/** They are about the whole server, whatever channels may count, and tell of bans. */
const OF_ALL = ['joins-and-leaves', 'joins-and-leaves-by-month'];

const listed: ApiRoute = {
  path: '/api/v1/guilds/:guildId/questions',
  summary: 'The questions that can be asked',
  params: GUILD,
  answer: object({
    questions: list(object({ name: text, about: text, needs: oneOf('member', 'text', null) })),
  }),
  async reply({ token: { audience } }) {
    const told = questions.filter((question) => audience === 'all' || !OF_ALL.includes(question.name));
    return { questions: told.map(({ name, about, needs = null }) => ({ name, about, needs })) };
  },
};

const answered: ApiRoute = {
  path: '/api/v1/guilds/:guildId/questions/:name',
  summary: 'A question, answered',
  description: 'As `almanac query NAME --json` answers it.',
  params: { ...GUILD, name: { type: 'string', description: 'Which question, as it is listed.' } },
  query: QUESTION,
  answer: object({
    question: text,
    guildId: id,
    from: time,
    to: time,
    timeZone: text,
    channels: orNull(list(id)),
    members: orNull(list(id)),
    bots: flag,
    text: label,
    limit: count,
    recordEndsAt: orNull(time),
    coverage,
    rows: list(row),
  }),
  async reply(given) {
    const { db, token, params, query, nowMs } = given;
    const question = questions.find((one) => one.name === params['name']);
    if (!question) {
      throw new Refusal(
        404,
        'no-question',
        'There is no question of that name. `/questions` lists those that there are.',
      );
    }
    if (token.audience !== 'all' && OF_ALL.includes(question.name)) {
      throw new Refusal(
        403,
        'not-for-everyone',
        'This is about the whole server: it takes a token with --audience all.',
      );
    }
    if (question.needs === 'text' && query['text'] === undefined) {
      throw new Refusal(400, 'bad-parameter', 'The parameter text is missing: this question looks for one.');
    }
    const channels = await countedChannels(given);
    const { timeZone } = await readSettings(db, token.guildId);
    const basis = { timeZone: textOf(query, 'tz') ?? timeZone, nowMs, called: (option: string) => option };
    const { asked, span } = await askedOf(db, questionOf(token.guildId, query, channels), basis);
    return answerJson(question, await answerQuestion(db, question, asked, span));
  },
};

function questionOf(guildId: string, query: Parameters, channels: string[] | undefined): AskedQuestion {
  const { tz: _, channel: __, ...rest } = query;
  return { ...(rest as Omit<AskedQuestion, 'guildId'>), guildId, ...(channels && { channels }) };
}

export default [listed, answered];
