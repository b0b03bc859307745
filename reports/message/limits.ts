/** What Discord takes of a message made of components. Source: https://docs.discord.com/developers/components/reference */
export const LIMITS = {
  /** Of every kind and depth: the container, each row and each button too. */
  components: 40,
  /** Rows of buttons, with their buttons: the rest is for what they are about. */
  buttonComponents: 20,
  buttonsInRow: 5,
  files: 10,
  /**
   * All texts together. Units: UTF-16 code units. Discord's server is said to count code points
   * (https://github.com/discord/discord-api-docs/issues/1315), which are never more.
   */
  text: 4000,
  /**
   * All components together. Units: bytes of UTF-8. Beyond 10,170 bytes of text Discord answers 500, though its
   * documentation knows no such limit; what else it counts isn't known, so all is counted.
   * Source: https://github.com/discord/discord-api-docs/issues/8554
   */
  bytes: 10_000,
  /** What texts keep of it, whatever else there is. */
  textBytesMin: 2000,
  /** What all alternative texts may take of it. */
  altBytes: 4000,
  label: 80,
  alt: 1024,
  customId: 100,
  url: 512,
} as const;
