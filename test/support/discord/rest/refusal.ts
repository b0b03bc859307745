/**
 * How Discord says no.
 *
 * Source  https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */

/** An answer that refuses; routes throw it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  /** Of 50035: what is wrong with which field. */
  readonly errors: unknown;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  /** Whether it is the path or the method that nobody answers to. */
  get isUnknownRoute(): boolean {
    return this.code === 0 && (this.status === 404 || this.status === 405);
  }

  /** The body as Discord writes it. */
  toJSON() {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** The refusals by what they say. */
export const refusals = {
  unauthorized: () => new Refusal(401, 0, '401: Unauthorized'),
  notFound: () => new Refusal(404, 0, '404: Not Found'),
  methodNotAllowed: () => new Refusal(405, 0, '405: Method Not Allowed'),
  internal: () => new Refusal(500, 0, '500: Internal Server Error'),
  tooLarge: () => new Refusal(413, 40_005, 'Request entity too large'),
  notJson: () => new Refusal(400, 50_109, 'The request body contains invalid JSON.'),
  unknownChannel: () => new Refusal(404, 10_003, 'Unknown Channel'),
  unknownGuild: () => new Refusal(404, 10_004, 'Unknown Guild'),
  unknownMember: () => new Refusal(404, 10_007, 'Unknown Member'),
  unknownMessage: () => new Refusal(404, 10_008, 'Unknown Message'),
  unknownWebhook: () => new Refusal(404, 10_015, 'Unknown Webhook'),
  unknownInteraction: () => new Refusal(404, 10_062, 'Unknown interaction'),
  alreadyAcknowledged: () => new Refusal(400, 40_060, 'Interaction has already been acknowledged.'),
  deadToken: () => new Refusal(401, 50_027, 'Invalid Webhook Token'),
  missingAccess: () => new Refusal(403, 50_001, 'Missing Access'),
  notOurMessage: () => new Refusal(403, 50_005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new Refusal(400, 50_006, 'Cannot send an empty message'),
  notAText: () => new Refusal(400, 50_008, 'Cannot send messages in a non-text channel'),
  missingPermissions: () => new Refusal(403, 50_013, 'Missing Permissions'),
  threadArchived: () => new Refusal(400, 50_083, 'Thread is archived'),
  /** `field` is where, as `content` or `limit`. */
  invalidForm: (field: string, message: string, code = 'BASE_TYPE_BAD_FORMAT') =>
    new Refusal(400, 50_035, 'Invalid Form Body', { [field]: { _errors: [{ code, message }] } }),
};
