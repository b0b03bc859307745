/** Something wrong in a file that is an export all the same. */
export interface Damage {
  /**
   * `cut`: the text ends too early. `nul-tail`: it ends in NUL bytes. `mis-nested`: brackets or quotes don't fit.
   * `not-json`, `not-object`, `too-deep`, `oversized`: one element that can't be a message. `comma`: one too few or too many.
   * `second-list`: `messages` twice, both read. `second-export`: another export inside or behind this one, not read.
   * `after-end`: other text behind the end.
   */
  kind:
    | 'cut'
    | 'nul-tail'
    | 'mis-nested'
    | 'not-json'
    | 'not-object'
    | 'too-deep'
    | 'oversized'
    | 'comma'
    | 'second-list'
    | 'second-export'
    | 'after-end';
  /** How many elements of `messages` came before it, good or not. */
  afterMessage: number;
  /** Bytes from the start of the file. */
  offset: number;
  /** For a person. */
  reason: string;
}

/** A file with more is broken all over; nobody reads so long a list. */
export const DAMAGE_MAX = 1000;
