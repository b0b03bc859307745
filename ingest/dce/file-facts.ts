/** What a file tells of itself: its era, range, offsets, order, and whether DCE rewrote its texts. */
import type { MessageRecord } from '../../db/records.ts';
import { asObject, asObjects, type Payload } from '../payload.ts';

/** DCE releases that changed the format, oldest first. */
const ERAS = [
  '2.18',
  '2.20',
  '2.23',
  '2.25',
  '2.26',
  '2.27',
  '2.33',
  '2.35',
  '2.38',
  '2.40.1',
  '2.40.4',
  '2.44',
  '2.46.1',
  '2.47',
] as const;
type Era = (typeof ERAS)[number];
const MARKS = Object.fromEntries(ERAS.map((era, i) => [era, i])) as Record<Era, number>;

/** Between which releases the file was written; `before` is absent where nothing tells. */
export interface EraRange {
  from: Era;
  before?: Era;
}

interface Facts {
  from: number;
  before: number;
  firstId?: string;
  lastId?: string;
  previousId?: string;
  ascends: boolean;
  descends: boolean;
  offsets: string[];
  rawTexts: number;
  rewrittenTexts: number;
}

const OFFSETS_MAX = 12;
const OFFSET = /([+-]\d\d:\d\d|Z)$/;

/** Ids as text compare as numbers once lengths are compared. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

export class FileFacts {
  #facts: Facts;

  constructor(from?: Facts) {
    this.#facts = from ?? {
      from: 0,
      before: ERAS.length,
      ascends: true,
      descends: true,
      offsets: [],
      rawTexts: 0,
      rewrittenTexts: 0,
    };
  }

  /** To go on later with what was seen so far. */
  toJSON(): Facts {
    return this.#facts;
  }

  seeHeader(channel: Payload, exportedAt: unknown): void {
    this.#mark(MARKS['2.20'], channel.category !== undefined);
    this.#mark(MARKS['2.27'], channel.categoryId !== undefined);
    this.#mark(MARKS['2.40.1'], exportedAt !== undefined);
  }

  see(payload: Payload, message: MessageRecord): void {
    this.#seeEra(payload);
    this.#seeOrder(message.messageId);
    this.#seeOffset(payload.timestamp);
    const { body, mentions } = message;
    if (!body) return;
    if (body.fidelity === 2) this.#facts.rawTexts++;
    else if (
      mentions?.some((m) => m.names?.some((name) => name !== '' && body.content.includes(`@${name}`)))
    ) {
      this.#facts.rewrittenTexts++;
    }
  }

  /** Undefined where marks contradict each other: the file was edited by hand, or is no DCE's. */
  era(): EraRange | undefined {
    const { from, before } = this.#facts;
    if (before <= from) return undefined;
    return { from: ERAS[from]!, ...(before < ERAS.length && { before: ERAS[before]! }) };
  }

  /** First and last id; undefined where no message was taken. */
  range(): { firstId: string; lastId: string } | undefined {
    const { firstId, lastId } = this.#facts;
    return firstId && lastId ? { firstId, lastId } : undefined;
  }

  /** Whether each id comes once and in order, so that counting messages counts ids. */
  isOrdered(): boolean {
    return this.#facts.ascends || this.#facts.descends;
  }

  offsets(): string[] {
    return this.#facts.offsets;
  }

  /** Raw tokens (`<@1>`) stand in a text only with `--markdown false`; `@Name` of a mention only without. */
  text(): 'raw' | 'rewritten' | 'mixed' | 'unknown' {
    const { rawTexts, rewrittenTexts } = this.#facts;
    if (rawTexts > 0) return rewrittenTexts > 0 ? 'mixed' : 'raw';
    return rewrittenTexts > 0 ? 'rewritten' : 'unknown';
  }

  #seeEra(payload: Payload): void {
    this.#mark(MARKS['2.23'], payload.callEndedTimestamp !== undefined);
    this.#mark(MARKS['2.25'], payload.mentions !== undefined);
    this.#mark(MARKS['2.33'], payload.stickers !== undefined);
    this.#mark(MARKS['2.44'], payload.inlineEmojis !== undefined);
    const author = asObject(payload.author);
    if (author) {
      this.#mark(MARKS['2.27'], author.nickname !== undefined);
      this.#mark(MARKS['2.40.1'], author.roles !== undefined);
    }
    const reference = asObject(payload.reference);
    if (reference) this.#mark(MARKS['2.47'], reference.type !== undefined);
    const reaction = asObjects(payload.reactions)[0];
    if (reaction) {
      this.#mark(MARKS['2.40.4'], reaction.users !== undefined);
      this.#mark(MARKS['2.38'], asObject(reaction.emoji)?.code !== undefined);
    }
    const embed = asObjects(payload.embeds)[0];
    if (embed) this.#mark(MARKS['2.35'], embed.images !== undefined);
  }

  #mark(era: number, isPresent: boolean): void {
    const facts = this.#facts;
    if (isPresent) {
      if (era > facts.from) facts.from = era;
    } else if (era < facts.before) facts.before = era;
  }

  #seeOffset(timestamp: unknown): void {
    if (typeof timestamp !== 'string') return;
    const { offsets } = this.#facts;
    const last = offsets.at(-1);
    if (last !== undefined && timestamp.endsWith(last)) return;
    const offset = OFFSET.exec(timestamp)?.[1];
    if (offset && !offsets.includes(offset) && offsets.length < OFFSETS_MAX) offsets.push(offset);
  }

  #seeOrder(id: string): void {
    const facts = this.#facts;
    if (facts.previousId !== undefined) {
      const order = compareIds(id, facts.previousId);
      if (order <= 0) facts.ascends = false;
      if (order >= 0) facts.descends = false;
    }
    facts.previousId = id;
    if (facts.firstId === undefined || compareIds(id, facts.firstId) < 0) facts.firstId = id;
    if (facts.lastId === undefined || compareIds(id, facts.lastId) > 0) facts.lastId = id;
  }
}
