/** A configuration as a PNG, by Chart.js on a canvas without a browser. */
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { Chart, type ChartConfiguration, type ChartItem } from 'chart.js/auto';
import { fontsFor, SAMPLES } from './fonts.ts';
import { encodePng } from './png.ts';
import { type PictureRequest, textsIn } from './request.ts';

const REGULAR = 400;
const BOLD = 600;

/** Draws a picture as PNG. */
export async function drawPicture(request: PictureRequest): Promise<Buffer> {
  const { config, width, height, devicePixelRatio, backgroundColor } = request;
  const canvas = createCanvas(width, height);
  weighFonts(canvas);
  Chart.defaults.font.family = fontsFor(textsIn(config).join('') + SAMPLES.Latin);
  const chart = new Chart(canvas as unknown as ChartItem, {
    ...(config as unknown as ChartConfiguration),
    options: { ...config.options, devicePixelRatio, responsive: false, animation: false, events: [] },
    plugins: [{ id: 'background', beforeDraw: () => fill(canvas, backgroundColor) }],
  });
  try {
    return await encodePng(canvas.data(), canvas.width, canvas.height);
  } finally {
    chart.destroy();
    // Its pixels are freed now, not when the garbage collector sees to it.
    canvas.width = 1;
    canvas.height = 1;
  }
}

function fill(canvas: Canvas, color: string): void {
  const context = canvas.getContext('2d');
  context.save();
  context.resetTransform();
  context.fillStyle = color;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.restore();
}

/** Makes a font's weight choose among the weights of a variable font, which else stays at its thinnest. */
function weighFonts(canvas: Canvas): void {
  const context = canvas.getContext('2d');
  const { get, set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context), 'font')!;
  Object.defineProperty(context, 'font', {
    get: () => get!.call(context) as string,
    set(font: string) {
      const plain = font.replace(/\bbold\s+/, '');
      // Asked for bold, the canvas would thicken the thin one.
      set!.call(context, plain);
      (context as SKRSContext2D).fontVariationSettings = `"wght" ${plain === font ? REGULAR : BOLD}`;
    },
  });
}
