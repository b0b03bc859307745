/** A message for Discord, as a report makes it: plain data, top to bottom. `message/discord.ts` makes Discord's form of it. */

export interface Message {
  blocks: Block[];
  /** Rows of buttons below it. */
  buttons?: Button[][];
  files?: MessageFile[];
}

export type Block =
  /** Discord's Markdown. Names in it went through `markdown.text`; headings are `##`, small print is `-#`. */
  | { is: 'text'; text: string }
  /** A file of the message that is an image. */
  | { is: 'picture'; file: string; alt: string }
  /** A file of the message to be taken along. */
  | { is: 'file'; file: string }
  | { is: 'rule' };

export type Button =
  /** `id`: what a press says, 100 characters at most. */
  { label: string; id: string; isDisabled?: boolean; isStrong?: boolean } | { label: string; url: string };

export interface MessageFile {
  /** Letters, digits, `-`, `_` and a dot: never a name that people gave. */
  name: string;
  bytes: Uint8Array;
  /** For whoever cannot see it. Units: 1,024 characters at most */
  alt?: string;
}
