import { GatewayCloseCodes } from 'discord-api-types/v10';

const REASONS: Partial<Record<GatewayCloseCodes, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    'Discord does not accept the token. Make a new one in the developer portal (Bot, Reset Token), and put it into DISCORD_TOKEN.',
  [GatewayCloseCodes.InvalidShard]:
    'Discord does not know such a shard. Set SHARDS=auto, or shards below the number of them.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in too many servers for so few shards. Set SHARDS=auto, or a greater number of them.',
  [GatewayCloseCodes.InvalidAPIVersion]:
    'Discord no longer speaks this version of its gateway. Update Almanac.',
  [GatewayCloseCodes.InvalidIntents]:
    'Discord does not know the intents that were asked for. Update Almanac.',
  [GatewayCloseCodes.DisallowedIntents]:
    'An intent was asked for that the application no longer has. Turn it on in the developer portal (Bot, Privileged ' +
    'Gateway Intents), or start again to do without it; `almanac doctor` says which.',
};

/** Discord will not have the connection, and to try again would change nothing. Says what to do about it. */
export class GatewayRefusal extends Error {
  override name = 'GatewayRefusal';
  /** The gateway's close code. */
  readonly code: number;

  constructor(code: number, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.code = code;
  }

  /** The refusal that a close code stands for, if it stands for one. */
  static of(code: number, options?: ErrorOptions): GatewayRefusal | undefined {
    const reason = REASONS[code as GatewayCloseCodes];
    return reason === undefined ? undefined : new GatewayRefusal(code, reason, options);
  }
}
