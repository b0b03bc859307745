/** What is in a picture. */
import { createCanvas, loadImage } from '@napi-rs/canvas';

/** A PNG's pixels, four bytes each. */
export async function pixelsOf(png: Buffer) {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
  return { width: image.width, height: image.height, pixels };
}
