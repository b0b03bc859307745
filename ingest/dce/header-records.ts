/** What the header of an export tells: its guild, its channel, and the channel's parent. */
import type { ChannelRecord, Extra, RecordBatch } from '../../db/records.ts';
import { isSnowflake } from '../../db/snowflake.ts';
import { type Payload, withoutPeople } from '../payload.ts';
import { channelType } from './kinds.ts';
import { asText } from './payload.ts';
import type { FileContext } from './file-context.ts';

/** Hidden channels show this in place of a name. */
const HIDDEN_NAME = '___hidden___';

/** The guild and the channel that a file's header tells of, and the channel's parent. */
export function headerRecords(
  guild: Payload,
  channel: Payload,
  { guildId, channelId, observedAt }: Pick<FileContext, 'guildId' | 'channelId' | 'observedAt'>,
): Pick<RecordBatch, 'guilds' | 'channels'> {
  const told = { source: 'dce' as const, observedAt, guildId };
  const { id: _g, name: guildName, ...guildRest } = guild;
  const { id: _c, type: typeName, categoryId, category, name, topic, ...rest } = channel;
  const type = channelType(typeName);
  const parent = isSnowflake(categoryId) && categoryId !== '0' ? categoryId : undefined;
  // Before 2.40.1 a missing category was written as "0" with a made-up name.
  const parentName = categoryId === '0' ? undefined : asText(category);
  const extra: Extra = {
    ...(withoutPeople(rest) as Extra),
    ...(parent === undefined && parentName && { category: parentName }),
  };
  const self: ChannelRecord = {
    ...told,
    channelId,
    ...(type !== undefined && { type }),
    ...(typeof name === 'string' && name !== HIDDEN_NAME && { name }),
    ...(parent !== undefined ? { parentId: parent } : categoryId === null ? { parentId: null } : {}),
    ...(topic !== undefined && { details: { topic: asText(topic) ?? null } }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  const isThread = type === 10 || type === 11 || type === 12;
  const channels = [self];
  if (parent !== undefined) {
    channels.push({
      ...told,
      channelId: parent,
      ...(!isThread && { type: 4 }),
      ...(parentName && parentName !== HIDDEN_NAME && { name: parentName }),
    });
  }
  const guildExtra = withoutPeople(guildRest) as Extra;
  return {
    guilds: [
      {
        ...told,
        ...(asText(guildName) && { name: asText(guildName) }),
        ...(Object.keys(guildExtra).length > 0 && { extra: guildExtra }),
      },
    ],
    channels,
  };
}
