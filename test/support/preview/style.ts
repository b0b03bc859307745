/**
 * How Discord looks, near enough to judge an answer by: colours, sizes and gaps of its client with its default themes. A
 * column of 500 pixels or fewer is a phone.
 */

const DARK = `
--page: #121214; --chat: #1a1a1e; --card: #242429; --line: #ffffff1a; --edge: #97979f1f; --text: #dfe0e2; --strong: #fbfbfb;
--muted: #94959c; --link: #7bb0f5; --code: #2c2d32; --mention: #5865f24d; --mention-text: #a9bbff; --quiet: #97979f1f;
--quiet-text: #efeff0; --whisper: #5865f214; --veil: #3a3a41; --tag: #5865f2;`;

const LIGHT = `
--page: #ececee; --chat: #fbfbfb; --card: #ffffff; --line: #00000014; --edge: #97979f47; --text: #323338; --strong: #1b1b1f;
--muted: #6a6b73; --link: #0a6cd6; --code: #f0f0f2; --mention: #5865f226; --mention-text: #3c48c4; --quiet: #97979f1f;
--quiet-text: #2f3035; --whisper: #5865f20f; --veil: #d5d5da; --tag: #5865f2;`;

const PAGE = `
:root { ${LIGHT} color-scheme: light; }
@media (prefers-color-scheme: dark) { :root { ${DARK} color-scheme: dark; } }
:root[data-theme=light] { ${LIGHT} color-scheme: light; }
:root[data-theme=dark] { ${DARK} color-scheme: dark; }
* { box-sizing: border-box; margin: 0; }
body { background: var(--page); color: var(--text); font: 16px/1.375 "gg sans", "Noto Sans", "Helvetica Neue", Helvetica, Arial, "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
nav, main > section { max-width: 860px; margin: 0 auto; padding: 16px; }
nav h1 { font-size: 22px; color: var(--strong); margin-bottom: 8px; }
nav ol { columns: 16em; margin-top: 12px; padding-left: 24px; font-size: 14px; }
nav button { margin: 0 8px 4px 0; }
main > section > h2 { font-size: 16px; color: var(--strong); }
.typed { margin: 2px 0 8px; font-size: 14px; color: var(--muted); }
.typed code { display: block; overflow: hidden; }
.column { container-type: inline-size; background: var(--chat); border: 1px solid var(--edge); border-radius: 8px; padding: 16px 0; }
:root[data-width=narrow] .column { width: 390px; max-width: 100%; }
.alts { margin-top: 8px; font-size: 14px; color: var(--muted); }
.alts dd { margin: 0 0 8px 16px; }
@media (max-width: 500px) { nav, main > section { padding: 12px 0; } nav > *, main > section > :not(.column) { margin-left: 12px; margin-right: 12px; } .column { border-width: 1px 0; border-radius: 0; } }`;

const MESSAGE = `
.message { position: relative; padding: 2px 48px 2px 72px; min-height: 44px; }
.ephemeral { background: var(--whisper); }
.avatar { position: absolute; left: 16px; width: 40px; height: 40px; border-radius: 50%; background: #4a93cc; color: #fff; font: 600 20px/40px sans-serif; text-align: center; }
.avatar.small { position: static; flex: none; width: 16px; height: 16px; font: 600 10px/16px sans-serif; background: #8a6fd1; }
.asked { position: relative; display: flex; align-items: flex-start; gap: 4px; font-size: 14px; line-height: 18px; color: var(--muted); margin-bottom: 4px; }
.asked b, .asked .command { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.asked b { font-weight: 500; color: var(--text); } .asked span { flex: none; max-width: 60%; }
.asked .command { color: var(--link); }
.spine { position: absolute; left: -36px; top: 8px; width: 32px; height: 13px; border: solid var(--edge); border-width: 2px 0 0 2px; border-top-left-radius: 6px; }
.said > header { display: flex; align-items: center; gap: 4px; line-height: 22px; }
.said > header b { color: var(--strong); font-weight: 500; }
.said > header time { color: var(--muted); font-size: 12px; margin-left: 4px; }
.app { background: var(--tag); color: #fff; border-radius: 4px; padding: 0 5px; font: 500 11px/16px "gg sans", "Noto Sans", sans-serif; }
.said > footer { color: var(--muted); font-size: 12px; margin-top: 4px; }
.eye { display: inline-block; width: 12px; height: 8px; border: 1.5px solid; border-radius: 50%; margin-right: 4px; position: relative; }
.eye::after { content: ''; position: absolute; inset: 1px 3px; border-radius: 50%; background: currentcolor; }
.said > * + * { margin-top: 4px; } .said > header + .text { margin-top: 0; }`;

const TEXT = `
.text p, .embed-title p, .fields p { white-space: pre-wrap; }
.text h1, .text h2, .text h3 { color: var(--strong); font-weight: 700; line-height: 1.375; margin: 16px 0 8px; }
.text h1 { font-size: 24px; } .text h2 { font-size: 20px; } .text h3 { font-size: 16px; }
.text > :first-child, .text > :is(h1, h2, h3) + :is(h1, h2, h3) { margin-top: 0; }
.text > :last-child { margin-bottom: 0; }
.text small { display: block; font-size: 13px; line-height: 18px; color: var(--muted); }
.text ul, .text ol { padding-left: 16px; margin: 4px 0 0; }
.text ol { padding-left: calc(.6em * (var(--digits) + 1.2)); }
.text li { margin-bottom: 4px; }
.text ul ul { list-style: circle; }
.text blockquote { border-left: 4px solid var(--veil); border-radius: 4px; padding: 0 8px 0 12px; }
.text strong { font-weight: 700; }
.text code { font: 14px/18px "gg mono", Consolas, "DejaVu Sans Mono", monospace; background: var(--code); border: 1px solid var(--edge); border-radius: 4px; padding: 0 3px; white-space: pre-wrap; }
.text pre { background: var(--code); border: 1px solid var(--edge); border-radius: 4px; padding: 8px; margin: 6px 0; }
.text pre code { background: none; border: 0; padding: 0; }
.text time { background: var(--quiet); border-radius: 3px; padding: 0 2px; }
.mention { background: var(--mention); color: var(--mention-text); border-radius: 3px; padding: 0 2px; font-weight: 500; }
.spoiler { background: var(--veil); color: transparent; border-radius: 4px; }
.spoiler * { visibility: hidden; }
.spoiler:is(:hover, :focus) { color: inherit; } .spoiler:is(:hover, :focus) * { visibility: visible; }
.emoji { display: inline-block; width: 22px; height: 22px; overflow: hidden; border-radius: 4px; background: var(--veil); color: var(--muted); font-size: 8px; line-height: 22px; text-align: center; vertical-align: bottom; }`;

const PARTS = `
.container, .embed { max-width: 600px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 16px; margin-top: 4px; position: relative; }
.container { display: flex; flex-direction: column; gap: 8px; overflow: hidden; }
.barred::before { content: ''; position: absolute; inset: 0 auto 0 0; width: 4px; background: var(--accent); }
.section { display: flex; gap: 12px; justify-content: space-between; }
.thumbnail { flex: none; width: 85px; height: 85px; position: relative; }
.thumbnail img { width: 100%; height: 100%; object-fit: cover; border-radius: 8px; }
.separator { height: 1px; margin: 4px 0; } .separator.drawn { background: var(--line); } .separator.large { margin: 12px 0; }
.gallery { display: grid; gap: 4px; border-radius: 8px; overflow: hidden; grid-template-columns: repeat(6, 1fr); max-width: 550px; }
.item { position: relative; grid-column: span 2; min-width: 0; }
.item img { display: block; width: 100%; height: 100%; object-fit: cover; aspect-ratio: 1; }
.of-1 { display: block; } .of-1 .item { width: fit-content; }
.of-1 img { width: auto; height: auto; max-width: min(100%, 550px); max-height: 350px; aspect-ratio: auto; border-radius: 8px; }
.of-2 .item, .of-4 .item { grid-column: span 3; }
.of-3 .item:first-child { grid-column: span 4; grid-row: span 2; }
:is(.of-5, .of-8) .item:nth-child(-n + 2) { grid-column: span 3; }
:is(.of-7, .of-10) .item:first-child { grid-column: span 6; } :is(.of-7, .of-10) .item:first-child img { aspect-ratio: 2; }
.alt { position: absolute; left: 4px; bottom: 4px; background: #000000b3; color: #fff; border-radius: 4px; padding: 0 3px; font-size: 9px; font-weight: 700; line-height: 14px; }
.no-picture { min-height: 180px; padding: 16px; border: 1px dashed var(--muted); border-radius: 8px; color: var(--muted); font-size: 13px; display: flex; flex-direction: column; gap: 4px; justify-content: center; }
.file { display: flex; align-items: center; gap: 12px; background: var(--quiet); border: 1px solid var(--edge); border-radius: 8px; padding: 12px; max-width: 432px; }
.file div { flex: 1; min-width: 0; } .file span { display: block; font-size: 12px; color: var(--muted); }
.sheet { flex: none; width: 28px; height: 36px; border-radius: 4px; background: linear-gradient(225deg, transparent 9px, #8ea1e1 0); }
.take { font-style: normal; color: var(--muted); font-size: 20px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
button { font: 500 14px/18px "gg sans", "Noto Sans", Helvetica, Arial, sans-serif; min-height: 34px; padding: 6px 14px; border: 1px solid transparent; border-radius: 8px; background: var(--quiet); color: var(--quiet-text); max-width: 100%; cursor: pointer; display: inline-flex; align-items: center; gap: 6px; overflow-wrap: anywhere; text-align: left; }
button.secondary, button.link { border-color: var(--edge); }
button.primary { background: #5865f2; color: #fff; } button.success { background: #00863a; color: #fff; } button.danger { background: #d22d39; color: #fff; }
button:disabled { opacity: .5; cursor: not-allowed; }
.select { display: flex; justify-content: space-between; width: 100%; max-width: 400px; padding: 9px 12px; border: 1px solid var(--edge); border-radius: 8px; background: var(--quiet); color: var(--muted); }
.embed { display: flex; gap: 16px; justify-content: space-between; border-left: 4px solid var(--accent, var(--edge)); border-radius: 4px; max-width: 520px; padding: 8px 16px 16px 12px; font-size: 14px; line-height: 18px; }
.embed > div:first-child > * { margin-top: 8px; }
.embed-author { font-weight: 600; } .embed-title { font-size: 16px; font-weight: 600; color: var(--strong); } .embed-footer { font-size: 12px; }
.fields { display: flex; flex-wrap: wrap; gap: 8px 16px; } .fields > div { flex: 1 0 100%; } .fields > .inline { flex: 1 0 28%; }
@container (max-width: 500px) {
  .message { padding: 2px 16px 2px 64px; } .avatar:not(.small) { left: 12px; } .spine { left: -34px; width: 30px; }
  .container { padding: 12px 12px 12px 14px; } .fields > .inline { flex-basis: 100%; } .of-1 img { max-height: none; max-width: 100%; }
  }`;

export const STYLE = [PAGE, MESSAGE, TEXT, PARTS].join('\n');
