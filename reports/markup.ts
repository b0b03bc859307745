/** What a rendering does with the parts of a sentence. The words around them are ours and need nothing. */
export interface Markup {
  /** A name or a text of other people's, at most so long, that formats, links and pings nothing. */
  text(foreign: string, lengthMax?: number): string;
  strong(text: string): string;
}
