/** Given names by language, each as it is written there and as an account name spells it. No name is in two lists. */
export const names: Readonly<Record<string, string>> = {
  en: 'Alma alma|Bryn bryn|Callum callum|Dora dora|Edith edith|Fergus fergus|Gwen gwen|Hattie hattie|Imogen imogen|Jonah jonah|Kit kit|Lorna lorna|Mabel mabel|Ned ned|Olive olive|Percy percy|Rowan rowan|Sybil sybil|Tobias tobias|Una una|Vera vera|Wilf wilf|Nell nell|Ezra ezra|Maeve maeve|Angus angus|Tess tess|Ivo ivo',
  es: 'Inés ines|Tomás tomas|Lucía lucia|Íñigo inigo|Begoña begona|Rocío rocio|Andrés andres|Nuria nuria|Xavi xavi|Marisol marisol',
  de: 'Jürgen juergen|Käthe kaethe|Björn bjoern|Anke anke|Wiebke wiebke|Götz goetz|Heike heike|Lutz lutz|Swantje swantje|Ulf ulf',
  fr: 'Zoé zoe|Élodie elodie|Benoît benoit|Margaux margaux|Gaël gael|Maëlys maelys|Rémi remi|Solène solene|Noé noe',
  pt: 'João joao|Conceição conceicao|Tiago tiago|Beatriz beatriz|Sebastião sebastiao|Inácio inacio|Luzia luzia|Mônica monica',
  ru: 'Аня anya|Дмитрий dmitriy|Катя katya|Лев lev|Марина marina|Олег oleg|Полина polina|Сергей sergey|Тимур timur|Юля yulya|Вера verochka|Игорь igor',
  uk: 'Олеся olesia|Тарас taras|Богдан bohdan|Соломія solomia|Остап ostap|Леся lesya|Ярина yaryna|Назар nazar',
  el: 'Ελένη eleni|Νίκος nikos|Δήμητρα dimitra|Γιώργος giorgos|Αθηνά athina|Σπύρος spyros|Κατερίνα katerina|Θάνος thanos',
  zh: '小雨 xiaoyu|子墨 zimo|晓晨 xiaochen|建国 jianguo|思远 siyuan|梓涵 zihan|云飞 yunfei|海燕 haiyan|雪松 xuesong|明月 mingyue',
  ja: 'ひかる hikaru|さくら sakura|健太 kenta|ゆき yuki|翔 sho|みなと minato|葵 aoi|大地 daichi|かおり kaori|陽介 yosuke',
  ko: '하늘 haneul|지우 jiwoo|민준 minjun|서연 seoyeon|도윤 doyun|은지 eunji|태오 taeo|보람 boram',
  ar: 'ليلى layla|سامر samer|نور nour|يوسف yousef|هدى huda|كريم karim|سلمى salma|طارق tariq',
  he: 'נועה noa|איתי itai|תמר tamar|יונתן yonatan|שירה shira|אורי uri',
  th: 'ฟ้า fah|สมชาย somchai|มะลิ mali|นที natee|ดาว dao|เมฆ mek',
  hi: 'आकाश aakash|मीरा meera|रोहन rohan|काव्या kavya|विवेक vivek|तारा tara|अदिति aditi',
};

/** Words that people of any language add to their names. */
export const nameWords: readonly string[] =
  'kite sonde gale drift cirrus thermal updraft barometer tern plover mast lantern meadow fjord pebble compass tinker solder heather willow otter comet orbit ember quill tundra harbor breeze nimbus vane'.split(
    ' ',
  );

/** What some people put behind a display name. */
export const nameOrnaments: readonly string[] = [
  '🎈',
  '☁️',
  '🌱',
  '📡',
  '🌙',
  '✨',
  '🪁',
  '☕',
  '| chase car',
  '(away)',
  '🦉',
  '🌦️',
];
