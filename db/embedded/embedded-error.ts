/**
 * What kept the embedded database from being used: what failed, where, and what to do about it.
 *
 * Shape  `unsupported`: no Postgres for this machine; `folder`: the data folder cannot be used; `account`: no
 *        user that may run it; `version`: made by another major; `not-started`, `not-stopped`: the server's doing
 */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
  readonly code: EmbeddedFault;

  constructor(code: EmbeddedFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Which of the few ways to fail it was. */
export type EmbeddedFault = 'unsupported' | 'folder' | 'account' | 'version' | 'not-started' | 'not-stopped';
