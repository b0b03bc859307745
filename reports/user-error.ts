/** What was asked cannot be done, in words for whoever asked: shown as it stands. */
export class UserError extends Error {
  override name = 'UserError';
}
