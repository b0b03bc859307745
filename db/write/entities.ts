/** Writing everything that is not a message: guilds, channels, roles, members, voice, and what no column holds. */
import type { ClientBase } from 'pg';
import type { Extra, RecordBatch } from '../records.ts';
import { memberRow } from './rows.ts';
import { TableRows } from './staging.ts';
import * as tables from './tables.ts';

/** Writes them last and in one order, so that rows which many writers share are locked briefly and alike. */
export async function writeEntities(client: ClientBase, batch: RecordBatch): Promise<void> {
  const all = [
    stageGuilds(batch),
    stageGuildMoments(batch),
    stageExpressions(batch),
    stageChannels(batch),
    stageRoles(batch),
    ...stageMembers(batch),
    stageMoments(batch),
    stageVoice(batch),
    stageExtras(batch),
  ];
  for (const rows of all) await rows.write(client);
}

function stageGuilds(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.guilds);
  for (const { guildId, name, ownerId, observedAt, ...listed } of batch.guilds) {
    rows.addFolding(guildId, [
      guildId,
      name === undefined ? null : observedAt,
      name,
      ownerId === undefined ? null : observedAt,
      ownerId,
      listed.membersListedAt,
      listed.emojiListedAt,
      listed.stickersListedAt,
    ]);
  }
  return rows;
}

function stageGuildMoments(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.guildMoments);
  for (const { guildId, kind, at } of batch.guildMoments) {
    rows.addFolding(`${guildId}/${kind}/${at}`, [guildId, kind, at]);
  }
  return rows;
}

function stageExpressions(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.expressions);
  for (const { guildId, kind, expressionId, observedAt, name, animated } of batch.expressions) {
    const row = [guildId, kind, expressionId, observedAt, name, animated];
    rows.addFolding(`${guildId}/${kind}/${expressionId}`, row);
  }
  return rows;
}

function stageChannels(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.channels);
  for (const c of batch.channels) {
    const { name, parentId, details, archiving, observedAt: at } = c;
    const overwrites = details?.overwrites === undefined ? null : JSON.stringify(details.overwrites);
    rows.addFolding(`${c.guildId}/${c.channelId}`, [
      c.guildId,
      c.channelId,
      c.type,
      name === undefined ? null : at,
      name,
      parentId === undefined ? null : at,
      parentId,
      details && c.source !== 'dce',
      details && at,
      details?.topic,
      details?.position,
      details?.nsfw,
      overwrites,
      archiving?.archivedAt,
      archiving && at,
      archiving?.archived,
      archiving?.locked,
      c.deletedAt,
      c.hiddenAt,
    ]);
  }
  return rows;
}

function stageRoles(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.roles);
  for (const { guildId, roleId, observedAt, look, permissions, deletedAt } of batch.roles) {
    rows.addFolding(`${guildId}/${roleId}`, [
      guildId,
      roleId,
      look && observedAt,
      look?.name,
      look?.color,
      look?.position,
      permissions === undefined ? null : observedAt,
      permissions,
      deletedAt,
    ]);
  }
  return rows;
}

function stageMembers(batch: RecordBatch): TableRows[] {
  const members = new TableRows(tables.members);
  const names = new TableRows(tables.memberNames);
  for (const m of batch.members) {
    const key = `${m.guildId}/${m.userId}`;
    members.addFolding(key, memberRow(m));
    for (const [kind, name] of [
      ['account', m.name],
      ['display', m.displayName],
    ] as const) {
      if (name !== undefined)
        names.addFolding(`${key}/${kind}/${name}`, [
          m.guildId,
          m.userId,
          kind,
          name,
          m.observedAt,
          m.observedAt,
        ]);
    }
  }
  return [members, names];
}

function stageMoments(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.memberMoments);
  for (const { guildId, userId, kind, at, source } of batch.moments) {
    rows.addFolding(`${guildId}/${userId}/${kind}/${at}/${source}`, [guildId, userId, kind, at, source]);
  }
  return rows;
}

/** In no channel is channel 0. */
function stageVoice(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.voiceStates);
  for (const { guildId, userId, at, channelId, isListed } of batch.voice) {
    const row = [guildId, userId, at, channelId ?? '0', isListed];
    rows.addFolding(row.join('/'), row);
  }
  return rows;
}

function stageExtras(batch: RecordBatch): TableRows {
  const rows = new TableRows(tables.extras);
  const add = (
    kind: string,
    id: string,
    r: { guildId: string; source: string; observedAt: number; extra?: Extra },
  ) => {
    if (!r.extra) return;
    const source = r.source === 'dce' ? 'dce' : 'api';
    rows.addFolding(`${r.guildId}/${kind}/${id}/${source}`, [
      r.guildId,
      kind,
      id,
      source,
      r.observedAt,
      JSON.stringify(r.extra),
    ]);
  };
  for (const r of batch.guilds) add('guild', r.guildId, r);
  for (const r of batch.channels) add('channel', r.channelId, r);
  for (const r of batch.members) add('member', r.userId, r);
  for (const r of batch.messages) add('message', r.messageId, r);
  return rows;
}
