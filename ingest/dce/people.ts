/** The people and roles of one file, each told once as long as the file shows them alike. */
import type { Extra, MemberRecord, RecordBatch, RoleRecord } from '../../db/records.ts';
import { isSnowflake } from '../../db/snowflake.ts';
import { asObjects, type Payload } from '../payload.ts';
import { asText } from './payload.ts';

interface Shown {
  user: Payload;
  /** The only roles an export knows are those of an author who has any. */
  withRoles: boolean;
  member: MemberRecord;
  /** An earlier batch of the file has told all this; what is left to tell is a sign of life. */
  isTold: boolean;
  isTouched: boolean;
}

/** People of a file who are remembered as told; beyond it everyone is told once more, which changes nothing. */
const REMEMBERED_MAX = 20_000;

export class People {
  readonly #guildId: string;
  #shown = new Map<string, Shown>();
  #reactors = new Map<string, Shown>();
  #touched: Shown[] = [];
  #roles = new Map<string, RoleRecord>();

  constructor(guildId: string) {
    this.#guildId = guildId;
  }

  /** Someone who is mentioned or used a command. */
  add(user: Payload, observedAt: number): void {
    this.#see(this.#shown, user, observedAt, false);
  }

  /** Someone who reacted: DCE shows them under the guild's name or the account's, as it happens to know. */
  addReactor(user: Payload, observedAt: number): void {
    this.#see(this.#reactors, user, observedAt, false).member.displayName = undefined;
  }

  /** The author of a message, which is a sign of life. */
  addAuthor(user: Payload, observedAt: number, createdMs: number, isWebhook: boolean): void {
    const shown = this.#see(this.#shown, user, observedAt, true);
    const { member } = shown;
    if (isWebhook && !member.isWebhook) {
      member.isWebhook = true;
      shown.isTold = false;
    }
    if (member.firstSeenAt === undefined || createdMs < member.firstSeenAt) member.firstSeenAt = createdMs;
    if (member.lastSeenAt === undefined || createdMs > member.lastSeenAt) member.lastSeenAt = createdMs;
    this.#touch(shown);
  }

  /** Moves everyone who has something to tell into a batch. */
  drainInto(batch: RecordBatch): void {
    for (const shown of this.#touched) {
      const { member, isTold } = shown;
      const { source, observedAt, guildId, userId, firstSeenAt, lastSeenAt } = member;
      batch.members.push(
        isTold ? { source, observedAt, guildId, userId, firstSeenAt, lastSeenAt } : { ...member },
      );
      member.firstSeenAt = undefined;
      member.lastSeenAt = undefined;
      shown.isTold = true;
      shown.isTouched = false;
    }
    batch.roles.push(...this.#roles.values());
    this.#touched = [];
    this.#roles.clear();
    for (const shown of [this.#shown, this.#reactors]) if (shown.size > REMEMBERED_MAX) shown.clear();
  }

  #touch(shown: Shown): void {
    if (shown.isTouched) return;
    shown.isTouched = true;
    this.#touched.push(shown);
  }

  #see(among: Map<string, Shown>, user: Payload, observedAt: number, isAuthor: boolean): Shown {
    const id = user.id as string;
    const known = among.get(id);
    if (known && sameFace(known.user, user, isAuthor && known.withRoles)) {
      if (isAuthor && !known.withRoles) this.#takeRoles(known, user, observedAt);
      if (observedAt > known.member.observedAt) {
        known.member.observedAt = observedAt;
        known.isTold = false;
        this.#touch(known);
      }
      return known;
    }
    const shown: Shown = {
      user,
      withRoles: false,
      member: this.#toMember(user, observedAt),
      isTold: false,
      isTouched: false,
    };
    among.set(id, shown);
    if (isAuthor) this.#takeRoles(shown, user, observedAt);
    this.#touch(shown);
    return shown;
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
      ...(asText(user.name) && { name: asName(user.name) }),
      ...(asText(user.nickname) && { displayName: asName(user.nickname) }),
      ...(Object.keys(extra).length > 0 && { extra }),
    };
  }

  #takeRoles(shown: Shown, user: Payload, observedAt: number): void {
    shown.withRoles = true;
    shown.user = user;
    const roles = asObjects(user.roles).filter((role) => isSnowflake(role.id));
    if (roles.length === 0) return;
    shown.isTold = false;
    this.#touch(shown);
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
          position:
            Number.isInteger(position) && Math.abs(position as number) < 2 ** 31
              ? (position as number)
              : null,
        },
      });
    }
  }
}

/** Discord's names have 32 characters, webhooks' 80; an index holds no row of thousands. */
const NAME_LENGTH_MAX = 100;

const asName = (value: unknown): string | undefined =>
  asText(value)?.slice(0, NAME_LENGTH_MAX).toWellFormed();

/** Whether a file shows someone as before; compared in place, since nearly every message asks. */
function sameFace(a: Payload, b: Payload, withRoles: boolean): boolean {
  if (a.name !== b.name || a.nickname !== b.nickname || a.isBot !== b.isBot) return false;
  if (a.avatarUrl !== b.avatarUrl || (a.color ?? b.color) !== (b.color ?? a.color)) return false;
  if (!withRoles) return true;
  const [mine, theirs] = [a.roles, b.roles];
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return mine === theirs;
  return mine.length === theirs.length && mine.every((role, i) => role?.id === theirs[i]?.id);
}
