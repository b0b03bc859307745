/** The shape of a question that can be asked by its name. */
import type { Db } from '../connect.ts';
import type { Scope } from './scope.ts';

/** A scope, and what some questions take beside it. */
export interface Asked extends Scope {
  /** Rows at most, 1 or more. A series keeps its newest. */
  limit: number;
  /** A text to look for, as it is: no pattern. */
  text?: string;
}

export type Cell = string | number | boolean | null;

export interface Question {
  /** As in `almanac query NAME`. */
  name: string;
  /** What it asks, one line for a list. */
  about: string;
  /** What it can't do without: one member in the scope, or a text. */
  needs?: 'member' | 'text';
  /** Rows of the same columns; none where there is nothing to tell. Ids are strings, shares 0 to 1. */
  ask(db: Db, asked: Asked): Promise<object[]>;
}
