import type { Segment } from './timeline-layout.ts';

/** What the colours of the picture mean; Okabe and Ito's palette, which stays apart for every kind of colour vision. */
export const PHASE_WORDS: Readonly<Record<Segment['phase'], string>> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  'clean-up': 'clean-up after an update',
  rollback: 'rollback',
  hook: 'hook',
};

/** The style sheet of the picture, for light and dark screens. */
export const TIMELINE_STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --faint: #59636e; --rule: #d9dee3; --band: #f4f6f8;
  --create: #0072b2; --update: #56b4e9; --delete: #cc79a7; --clean-up: #9aa4ae; --rollback: #e69f00; --hook: #009e73;
  --failed: #c04a00; --critical: #1b1f24; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e6eaee; --faint: #9aa5b1; --rule: #333b44;
  --band: #1b2027; --create: #2f8fd0; --failed: #ff8142; --critical: #ffffff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1328px; background: var(--paper); color: var(--ink);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1 { font-size: 20px; margin: 0 0 12px; }
h1 .bad { color: var(--failed); }
dl { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 0 0 12px; }
dt { color: var(--faint); font-size: 12px; }
dd { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 8px; padding: 0; list-style: none; font-size: 12px; color: var(--faint); }
.legend svg { vertical-align: -2px; margin-right: 5px; }
.failure { border-left: 4px solid var(--failed); padding: 2px 12px; margin: 0 0 12px; }
.failure p { margin: 2px 0; overflow-wrap: anywhere; }
.failure b { display: inline-block; min-width: 56px; color: var(--faint); font-weight: normal; }
code { font: 12.5px ui-monospace, "DejaVu Sans Mono", monospace; }
.chart { overflow-x: auto; }
.axis { position: sticky; top: 0; background: var(--paper); }
svg { display: block; } .legend svg { display: inline; }
text { fill: var(--ink); }
.faint { fill: var(--faint); } .bold { font-weight: 600; } .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; } .bad-text { fill: var(--failed); font-weight: 600; }
.rule { stroke: var(--rule); stroke-width: 1; } .band { fill: var(--band); } .span { fill: var(--rule); }
.create { fill: var(--create); } .update { fill: var(--update); } .delete { fill: var(--delete); }
.clean-up { fill: var(--clean-up); } .rollback { fill: var(--rollback); } .hook { fill: var(--hook); }
.stripe { stroke: var(--ink); stroke-width: 1.5; opacity: .45; }
.critical { fill: none; stroke: var(--critical); stroke-width: 2; }
.arrow { fill: none; stroke: var(--critical); stroke-width: 1.5; } .head { fill: var(--critical); }
.interrupted { stroke: var(--failed); stroke-width: 1.5; stroke-dasharray: 4 3; }
`.trim();
