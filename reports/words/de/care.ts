/** What is said to whoever may need a person rather than a list, in German. */
import type { care as english } from '../en/care.ts';

/** The sentences of care. */
export const care: typeof english = {
  help: (place) =>
    [
      'Das klingt, als ob du, oder jemand, an den du denkst, eher einen Menschen braucht als eine Liste.',
      place === undefined
        ? 'Bitte sprich mit jemandem aus der Moderation oder mit jemandem, dem du vertraust. Du musst nicht erst die richtigen Worte finden.'
        : `Die Moderation ist in ${place} zu erreichen. Bitte schreib dort, oder jemandem, dem du vertraust. Du musst nicht erst die richtigen Worte finden.`,
      'Wenn jetzt jemand in Gefahr ist, ruf den Notruf an (112 in Europa, 911 in Nordamerika), oder such dir eine Beratung in deiner Nähe: https://findahelpline.com.',
      'Was du eingegeben hast, wird nicht gespeichert.',
    ].join('\n\n'),
};
