import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, forceLinting, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { element } from './elements/elements.js';
import { markdown } from './elements/markdown.js';
import type { Remote } from './remote.js';

export interface Editor {
  readonly dom: HTMLElement;
  /** Shows another file. */
  open(path: string): void;
  /** Marks words and errors anew, as where an import has changed. */
  refresh(): void;
  /** Selects a place of the open file and moves it into sight. */
  reveal(start: number, end: number): void;
}

export interface EditorEvents {
  readonly onEdit: (path: string, text: string) => void;
  /** The cursor went to a place. */
  readonly onMove: (path: string, offset: number) => void;
}

/** The editor component with the diagnostics, hovers, words and suggestions of the language server. */
export function makeEditor(
  texts: Readonly<Record<string, string>>,
  service: Remote,
  nonce: string,
  events: EditorEvents,
): Editor {
  let path = '';
  const states = new Map<string, EditorState>();
  const extensions = [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    bracketMatching(),
    EditorView.lineWrapping,
    lintGutter(),
    linter((view) => diagnosticsOf(service, path, view), { delay: 200 }),
    hoverTooltip((_, offset) => tooltipOf(service, path, offset)),
    words,
    keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': 'Source' }),
    EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
      if (docChanged) events.onEdit(path, state.doc.toString());
      else if (selectionSet) events.onMove(path, state.selection.main.head);
    }),
  ];
  const stateOf = (text: string): EditorState => EditorState.create({ doc: text, extensions });
  // The view's own styles have the nonce of its first state.
  const view = new EditorView({ state: stateOf('') });
  const colour = async (): Promise<void> => {
    const before = view.state.doc;
    const found = await service.words(path);
    // What was typed since will be coloured with what comes next.
    if (view.state.doc === before) view.dispatch({ effects: newWords.of(marksOf(found)) });
  };
  return {
    dom: view.dom,
    open(next) {
      if (path !== '') states.set(path, view.state);
      path = next;
      view.setState(states.get(next) ?? stateOf(texts[next] ?? ''));
      void colour();
    },
    refresh() {
      void colour();
      forceLinting(view);
    },
    reveal(start, end) {
      const { length } = view.state.doc;
      const [anchor, head] = [Math.min(start, length), Math.min(end, length)];
      view.dispatch({
        selection: { anchor, head },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      });
    },
  };
}

async function diagnosticsOf(
  service: Remote,
  path: string,
  { state }: EditorView,
): Promise<readonly Diagnostic[]> {
  const { length } = state.doc;
  const problems = await service.problems(path);
  return problems.map(({ start, end, isError, code, message, fixes }) => ({
    from: Math.min(start, length),
    to: Math.min(end, length),
    severity: isError ? 'error' : 'warning',
    source: code,
    message,
    actions: fixes.map(({ title, edits }) => ({
      name: title,
      apply(view) {
        view.dispatch({
          changes: edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text })),
        });
        view.focus();
      },
    })),
  }));
}

async function tooltipOf(service: Remote, path: string, offset: number) {
  const hover = await service.hover(path, offset);
  if (!hover) return null;
  const dom = element('div', { class: 'hover' }, ...markdown(hover.text));
  return { pos: hover.start, end: hover.end, create: () => ({ dom }) };
}

const newWords = StateEffect.define<DecorationSet>();

/** What the words are; between two looks at the text they move with it. */
const words = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, { changes, effects }) {
    const found = effects.find((effect) => effect.is(newWords));
    return found ? (found.value as DecorationSet) : set.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksOf(
  found: readonly { readonly start: number; readonly end: number; readonly type: string }[],
): DecorationSet {
  const marks = found.flatMap(({ start, end, type }) =>
    end > start ? [Decoration.mark({ class: `word-${type}` }).range(start, end)] : [],
  );
  return Decoration.set(marks, true);
}
