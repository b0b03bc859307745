import { GlobalFonts } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import { fontsFor, isLegible, missingScripts, SAMPLES } from '../../../reports/draw/fonts.ts';

// What the system has is gone too.
beforeAll(() => void GlobalFonts.removeAll());

const everyday = {
  'Chinese surnames':
    '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜',
  'traditional Chinese': '陳張黃劉楊趙吳孫馬鄭謝韓馮許鄧蕭蔣賈葉閻餘鍾範盧陸龍萬鄒賴偉豪雅婷怡君',
  'Japanese names': '佐藤鈴木高橋渡辺齋邊髙﨑葵凛蓮湊あいうえおぁゞアイウー々',
  Korean: '김이박최정강조윤장임한오서신권황안송류홍뷁',
  Ukrainian: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъёЂЋЏљњ',
  Greek: 'αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊ',
  Arabic: 'ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإئؤىةپچژگک۱۲٣',
  Thai: 'กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอฮะาำเแโใไ',
  'Eastern European Latin': 'ąćčďđęěğİıłńňőœřşšťůűźżžȘșȚțạảấầẩẫậắằ',
  emoji: '😀😂🥺🔥❤💀✨🎉🫠🫶🪿🩷🫩🪾🦊🐉⭐🌸🎮👑🍕🚀',
  signs: '★☆♪♡♥←→∞·•™®©€£¥–—“”…',
};

describe('without any font of the system', () => {
  it('every script that names are promised in shows', () => {
    expect(missingScripts()).toEqual([]);
  });

  it.for(Object.entries(everyday))('%s: every letter shows', ([, letters]) => {
    expect([...letters].filter((letter) => !isLegible(letter))).toEqual([]);
  });

  it('what has no letter anywhere is noticed', () => {
    expect(isLegible('\u{e000}')).toBe(false);
    expect(isLegible('Mira \u{e000}')).toBe(false);
  });
});

describe('the list of fonts', () => {
  it('names Latin and emoji always, and of the others what a text needs', () => {
    expect(fontsFor('Mira')).toBe('"almanac inter-latin", "almanac twemoji"');
    expect(fontsFor('שלום')).toBe(
      '"almanac inter-latin", "almanac noto-sans-hebrew-hebrew", "almanac twemoji"',
    );
    expect(fontsFor(SAMPLES.Japanese!)).toMatch(
      /^"almanac inter-latin", ("almanac noto-sans-jp-\d+", )+"almanac twemoji"$/,
    );
  });

  it('registers no file twice', () => {
    fontsFor('Ωμέγα');
    const before = GlobalFonts.families.length;
    fontsFor('Ωμέγα');
    expect(GlobalFonts.families).toHaveLength(before);
  });
});
