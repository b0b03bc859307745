/** The people and roles of one batch, each once as long as the file shows them alike. */
import type { Extra, MemberRecord, RecordBatch, RoleRecord } from '../../db/records.ts';
import { isSnowflake } from '../../db/snowflake.ts';
import { asObjects, asText, type Payload } from './payload.ts';

interface Shown {
  user: Payload;
  /** The only roles an export knows are those of an author who has any. */
  withRoles: boolean;
  member: MemberRecord;
}

export class People {
  readonly #guildId: string;
  #shown = new Map<string, Shown>();
  #reactors = new Map<string, Shown>();
  #more: MemberRecord[] = [];
  #roles = new Map<string, RoleRecord>();

  constructor(guildId: string) {
    this.#guildId = guildId;
  }

  /** Someone who is mentioned or used a command. */
  add(user: Payload, observedAt: number): void {
    this.#member(user, observedAt, false);
  }

  /** Someone who reacted: DCE shows them under the guild's name or the account's, as it happens to know. */
  addReactor(user: Payload, observedAt: number): void {
    const { member } = this.#see(this.#reactors, user, observedAt, false);
    delete member.displayName;
  }

  /** The author of a message, which is a sign of life. */
  addAuthor(user: Payload, observedAt: number, createdMs: number, isWebhook: boolean): void {
    const member = this.#member(user, observedAt, true);
    if (isWebhook) member.isWebhook = true;
    if (member.firstSeenAt === undefined || createdMs < member.firstSeenAt) member.firstSeenAt = createdMs;
    if (member.lastSeenAt === undefined || createdMs > member.lastSeenAt) member.lastSeenAt = createdMs;
  }

  /** Moves everyone into a batch, and begins anew. */
  drainInto(batch: RecordBatch): void {
    for (const { member } of this.#shown.values()) batch.members.push(member);
    for (const { member } of this.#reactors.values()) batch.members.push(member);
    batch.members.push(...this.#more);
    batch.roles.push(...this.#roles.values());
    this.#shown.clear();
    this.#reactors.clear();
    this.#roles.clear();
    this.#more = [];
  }

  #member(user: Payload, observedAt: number, isAuthor: boolean): MemberRecord {
    return this.#see(this.#shown, user, observedAt, isAuthor).member;
  }

  #see(among: Map<string, Shown>, user: Payload, observedAt: number, isAuthor: boolean): Shown {
    const id = user.id as string;
    const shown = among.get(id);
    if (shown && sameFace(shown.user, user, isAuthor && shown.withRoles)) {
      if (isAuthor && !shown.withRoles) this.#takeRoles(shown, user, observedAt);
      if (observedAt > shown.member.observedAt) shown.member.observedAt = observedAt;
      return shown;
    }
    if (shown) this.#more.push(shown.member);
    const fresh: Shown = { user, withRoles: false, member: this.#toMember(user, observedAt) };
    among.set(id, fresh);
    if (isAuthor) this.#takeRoles(fresh, user, observedAt);
    return fresh;
  }

  #toMember(user: Payload, observedAt: number): MemberRecord {
    const extra: Extra = {};
    for (const key of ['avatarUrl', 'color', 'discriminator']) {
      if (user[key] !== null && user[key] !== undefined) extra[key] = user[key];
    }
    return {
      source: 'dce',
      observedAt,
      guildId: this.#guildId,
      userId: user.id as string,
      ...(typeof user.isBot === 'boolean' && { isBot: user.isBot }),
      ...(asText(user.name) && { name: asText(user.name) }),
      ...(asText(user.nickname) && { displayName: asText(user.nickname) }),
      ...(Object.keys(extra).length > 0 && { extra }),
    };
  }

  #takeRoles(shown: Shown, user: Payload, observedAt: number): void {
    shown.withRoles = true;
    shown.user = user;
    const roles = asObjects(user.roles).filter((role) => isSnowflake(role.id));
    if (roles.length === 0) return;
    shown.member.roles = roles.map((role) => role.id as string);
    for (const { id, name, color, position } of roles) {
      this.#roles.set(id as string, {
        source: 'dce',
        observedAt,
        guildId: this.#guildId,
        roleId: id as string,
        look: {
          name: asText(name) ?? null,
          color:
            typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color)
              ? Number.parseInt(color.slice(1), 16)
              : null,
          position: Number.isInteger(position) ? (position as number) : null,
        },
      });
    }
  }
}

/** Whether a file shows someone as before; compared in place, since nearly every message asks. */
function sameFace(a: Payload, b: Payload, withRoles: boolean): boolean {
  if (a.name !== b.name || a.nickname !== b.nickname || a.isBot !== b.isBot) return false;
  if (a.avatarUrl !== b.avatarUrl || (a.color ?? b.color) !== (b.color ?? a.color)) return false;
  if (!withRoles) return true;
  const [mine, theirs] = [a.roles, b.roles];
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return mine === theirs;
  return mine.length === theirs.length && mine.every((role, i) => role?.id === theirs[i]?.id);
}
