/** Where a payload belongs, as far as it could be read. */
export interface Place {
  guildId?: string;
  channelId?: string;
  messageId?: string;
}

/** A payload that cannot be recorded: says what is wrong with it, and never what somebody wrote. */
export class PayloadError extends Error {
  override name = 'PayloadError';
  readonly place: Place;

  constructor(message: string, place: Place = {}) {
    super(message);
    this.place = place;
  }

  get guildId(): string | undefined {
    return this.place.guildId;
  }

  get channelId(): string | undefined {
    return this.place.channelId;
  }

  get messageId(): string | undefined {
    return this.place.messageId;
  }
}
