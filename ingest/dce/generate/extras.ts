import type { Link } from './links.ts';
import type { Attachment, Embed, GeneratedMessage, Sticker } from './model.ts';
import { draw, mixture, type Random } from './random.ts';
import { partId, type Scene } from './scene.ts';
import type { Role } from './speech.ts';

interface FileKind {
  name: (random: Random) => string;
  /** Its usual size in bytes; real ones are half to twice of that. */
  bytes: number;
}

const photo: FileKind = { name: (random) => `IMG_${random.between(1000, 9999)}.jpg`, bytes: 2_400_000 };
const files = mixture<FileKind>([
  [photo, 40],
  [{ name: () => 'image.png', bytes: 310_000 }, 25],
  [{ name: (random) => `Screenshot_${random.between(10, 28)}.png`, bytes: 190_000 }, 10],
  [{ name: (random) => `LH-${random.between(212, 271)}.csv`, bytes: 88_000 }, 8],
  [{ name: () => 'log.txt', bytes: 14_000 }, 6],
  [{ name: () => 'wiring.pdf', bytes: 420_000 }, 5],
  [{ name: (random) => `descent_${random.between(1, 40)}.mp4`, bytes: 21_000_000 }, 4],
  [{ name: () => 'voice-message.ogg', bytes: 66_000 }, 1],
  [{ name: () => '発射場.jpg', bytes: 1_700_000 }, 1],
]);
const images = mixture<FileKind>([
  [photo, 9],
  [{ name: () => 'horizon.png', bytes: 3_900_000 }, 2],
]);
const ATTACHED: Partial<Record<Role, number>> = {
  showcase: 1,
  report: 0.45,
  ask: 0.08,
  answer: 0.03,
  remark: 0.02,
};

const SERVER_STICKERS: readonly Sticker[] = [
  { id: '868200000000000101', name: 'Up, up', format: 'Png' },
  { id: '868200000000000202', name: 'Safe landing', format: 'Apng' },
  { id: '868200000000000303', name: 'Wave', format: 'Lottie' },
];
// So many ids one message can give to its attachments.
const ATTACHMENTS_MAX = 10;

/** Files of a message by what it is for: pictures for a showcase, logs and drawings at times for others. */
export function attachmentsFor(scene: Scene, message: GeneratedMessage, role: Role): Attachment[] {
  const { random, place } = scene;
  const share = ATTACHED[role] ?? 0;
  if (share === 0 || !random.chance(share)) return [];
  const isGallery = role === 'showcase' || role === 'report';
  const count = Math.min(ATTACHMENTS_MAX, 1 + (isGallery ? Math.floor(random.exponential(0.7)) : 0));
  return Array.from({ length: count }, (_, at) => {
    const kind = draw(random, isGallery ? images : files);
    const fileName = kind.name(random);
    const id = partId(scene, at + 1);
    const seconds = Math.floor(message.ms / 1000);
    const signature = `ex=${(seconds + 86_400).toString(16)}&is=${seconds.toString(16)}&hm=${random.hex(64)}&`;
    const url = `https://cdn.discordapp.com/attachments/${place.id}/${id}/${encodeURIComponent(fileName)}?${signature}`;
    return { id, url, fileName, fileSizeBytes: Math.floor(kind.bytes * (0.5 + 1.5 * random.next())) };
  });
}

/** Previews of addresses in a message: of most, never more than two. */
export function previews(links: readonly Link[], random: Random): Embed[] {
  return links
    .slice(0, 2)
    .filter(() => random.chance(0.65))
    .map(({ url, title, description }) => {
      const picture = `${url}/preview.png`;
      const proxy = `https://images-ext-1.discordapp.net/external/${random.hex(24)}/${picture.replace('://', '/')}`;
      const thumbnail = random.chance(0.5)
        ? { url: proxy, canonicalUrl: picture, width: 1200, height: 630 }
        : null;
      return { title, url, description, color: null, author: null, thumbnail, footer: null, fields: [] };
    });
}

/** One sticker of the server. */
export function stickers(random: Random): Sticker[] {
  return [random.pick(SERVER_STICKERS)];
}
