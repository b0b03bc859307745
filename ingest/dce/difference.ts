/** What a database has otherwise than an export, and why. */
export interface Difference {
  field: string;
  /** What the file says and what is stored, without any text of a message. */
  inFile: string;
  stored: string;
  /** Why the merge rule has it so; without one the database is wrong. */
  explanation?: string;
}

/** Explanations that take another source of the message. */
export const LATER = 'a later or richer observation is kept';
export const OTHERS = 'another source knows more';

/** A difference from values of any kind. */
export function differ(field: string, inFile: unknown, stored: unknown, explanation?: string): Difference {
  return { field, inFile: String(inFile), stored: String(stored), ...(explanation && { explanation }) };
}
