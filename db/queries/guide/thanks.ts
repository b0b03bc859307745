import { tokensOf } from '../../full-text/tokens.ts';

/**
 * Words by which people say thanks, as `tokensOf` gives them, in the languages that are most spoken on Discord. One of them in
 * a short time behind an answer, by whoever asked, counts; a wrong one among them only makes an answer weigh a little more.
 */
const THANKS: ReadonlySet<string> = new Set(
  [
    // English
    'thanks thank thankyou thx thnx tnx ty tysm tyvm tyty cheers appreciated',
    // German, Dutch, Swedish, Norwegian, Danish, Icelandic
    'danke dankeschon bedankt dankjewel dankje tack takk tak tusen',
    // French, Italian, Spanish, Portuguese, Romanian, Catalan
    'merci grazie gracias obrigado obrigada obg vlw valeu multumesc mersi gracies',
    // Polish, Czech, Slovak, Croatian, Hungarian, Finnish, Estonian, Lithuanian, Latvian
    'dzieki dziekuje dik diky dekuji dakujem hvala koszonom koszi kosz',
    'kiitos kiitti aitah tanan aciu paldies',
    // Turkish, Indonesian, Filipino, Vietnamese
    'tesekkurler tesekkur sagol eyvallah makasih terimakasih salamat camon',
    // Russian, Ukrainian, Bulgarian, Greek
    'спасибо спс пасиб благодарю дякую благодаря мерси ευχαριστω',
    // Arabic, Hebrew, Persian, Hindi
    'شكرا תודה ممنون مرسی धन्यवाद शुक्रिया dhanyavad shukriya',
    // Japanese, Chinese, Korean, Thai
    'ありがとう サンキュー 谢谢 謝謝 多谢 感谢 감사 감사합니다 고마워 고맙습니다 ขอบคุณ',
  ].flatMap((words) => words.split(' ')),
);

/** Whether a text says thanks. By the text: the words that are kept of it leave out those that every text has. */
export const saysThanks = (text: string): boolean => tokensOf(text).some((token) => THANKS.has(token));
