import { coverageLine } from '../../../db/queries/coverage-line.ts';
import { readSettings } from '../../../db/settings.ts';
import { lineJson } from '../../../reports/answer.ts';
import { coverageAnswer, coverageJson, wholeRecord } from '../../../reports/coverage-answer.ts';
import { everyPlace } from '../../../reports/places.ts';
import { recordOf } from '../../../reports/record.ts';
import { notFound } from '../refusal.ts';
import type { ApiRoute } from '../route.ts';
import {
  count,
  described,
  flag,
  id,
  list,
  label,
  number,
  object,
  oneOf,
  orNull,
  share,
  text,
  time,
} from '../schema.ts';
import { CHANNEL, FROM_TO, GUILD } from './parameters.ts';
import { channelsFor, countedChannels, textOf } from './scope.ts';
import { coverage } from './shapes.ts';

/** Which guild a token is for, and what is recorded of it. */
const guild: ApiRoute = {
  path: '/api/v1/guild',
  summary: 'The guild that the token is for, and what is recorded of it',
  answer: object({
    guildId: id,
    name: text,
    timeZone: text,
    audience: described(
      oneOf('everyone', 'all'),
      'What the token is told of: what every member can read, or all that counts.',
    ),
    recordBeginsAt: orNull(time),
    recordEndsAt: orNull(time),
    asOf: described(orNull(time), 'The guild’s now: relative periods end with it.'),
    coverage,
  }),
  async reply({ db, token }) {
    const { guildId, audience } = token;
    const channels = await channelsFor(db, token);
    const { timeZone } = await readSettings(db, guildId);
    const scope = { guildId, window: wholeRecord(timeZone), ...(channels && { channels }) };
    const [found, line] = await Promise.all([
      recordOf(db, guildId, channels ?? (await everyPlace(db, guildId))),
      coverageLine(db, scope),
    ]);
    if (!found) throw notFound();
    const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
    return {
      guildId,
      name: found.name,
      timeZone,
      audience,
      recordBeginsAt: iso(found.span?.firstMs),
      recordEndsAt: iso(found.span?.lastMs),
      asOf: iso(found.nowMs),
      coverage: lineJson(line),
    };
  },
};

const channelCoverage = object({
  channelId: id,
  channel: label,
  type: text,
  isThread: flag,
  parentId: orNull(id),
  parent: label,
  fromAt: time,
  toAt: time,
  weight: number,
  verifiedShare: share,
  claimedShare: share,
  sinceAt: orNull(time),
  access: label,
  isPending: flag,
  holes: count,
  holeFromAt: orNull(time),
  holeToAt: orNull(time),
});

const covered: ApiRoute = {
  path: '/api/v1/guilds/:guildId/coverage',
  summary: 'What is recorded of each channel, what is not, and why',
  params: GUILD,
  query: { ...FROM_TO, ...CHANNEL },
  answer: object({
    guildId: id,
    from: orNull(time),
    to: orNull(time),
    timeZone: text,
    recordEndsAt: orNull(time),
    coverage,
    channels: list(channelCoverage),
    leftOut: list(object({ channelId: id, channel: label, type: text, reason: text, sinceAt: time })),
  }),
  async reply(given) {
    const { db, token, query, nowMs } = given;
    const { guildId } = token;
    const [from, to] = [textOf(query, 'from'), textOf(query, 'to')];
    const channels = await countedChannels(given);
    const { timeZone } = await readSettings(db, guildId);
    const asked = {
      guildId,
      ...(channels && { channels }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
    return coverageJson(
      await coverageAnswer(db, asked, { timeZone, nowMs, called: (option) => option }),
      asked,
    );
  },
};

export default [guild, covered];
