/** What is wrong with a file that was given as an export, for the person who gave it. */
export interface ExportFault {
  file: string;
  /** Where in the file: `guild.id`, `byte 812`, `the beginning`. */
  place: string;
  reason: string;
  /** What to do about it, as a sentence. */
  advice: string;
}

/** A file that isn't a DiscordChatExporter JSON export, or can't be read at all. */
export class ExportFormatError extends Error implements ExportFault {
  override readonly name = 'ExportFormatError';
  readonly file: string;
  readonly place: string;
  readonly reason: string;
  readonly advice: string;

  constructor(fault: ExportFault, options?: ErrorOptions) {
    super(`${fault.file}, ${fault.place}: ${fault.reason}. ${fault.advice}`, options);
    this.file = fault.file;
    this.place = fault.place;
    this.reason = fault.reason;
    this.advice = fault.advice;
  }
}
