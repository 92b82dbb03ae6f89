import { lexer, type Token, type Tokens } from "marked";
import { createElement, Fragment, type ReactNode } from "react";
import { headingAnchor, headingWords, slug } from "./heading-anchor.ts";
import styles from "./markdown.module.css";

interface MarkdownProps {
  readonly text: string;
  /** Follows a link to another document of the program, e.g. `glossary`. */
  readonly onDocument?: (document: string, section: string | undefined) => void;
}

/** Markdown as React elements. Raw HTML in it is shown as text and never becomes markup. */
export function Markdown({ text, onDocument }: MarkdownProps) {
  return <article className={styles.document}>{blocks(lexer(text), onDocument)}</article>;
}

type Follow = MarkdownProps["onDocument"];

function blocks(tokens: readonly Token[], follow: Follow): ReactNode {
  return keyed(tokens, (token) => block(token as Tokens.Generic, follow));
}

function block(token: Tokens.Generic, follow: Follow): ReactNode {
  switch (token.type) {
    case "heading":
      return createElement(
        `h${Math.min(6, Math.max(2, token.depth + 1))}`,
        { id: headingAnchor(token.text), tabIndex: -1 },
        inline(withoutName(token.tokens ?? []), follow),
      );
    case "paragraph":
      return <p>{inline(token.tokens, follow)}</p>;
    case "text":
      return token.tokens ? inline(token.tokens, follow) : unescaped(token.text);
    case "code":
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case "blockquote":
      return <blockquote>{blocks(token.tokens ?? [], follow)}</blockquote>;
    case "list":
      return createElement(
        token.ordered ? "ol" : "ul",
        token.ordered && token.start !== 1 ? { start: token.start } : {},
        keyed(token.items as Tokens.ListItem[], (item) => <li>{blocks(item.tokens, follow)}</li>),
      );
    case "table":
      return table(token as Tokens.Table, follow);
    case "hr":
      return <hr />;
    case "space":
    case "def":
      return null;
    default:
      return <p>{token.raw}</p>;
  }
}

/** The name behind a heading (`{#matrix}`) is for links, not for the eye. */
function withoutName(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token) =>
    token.type === "text" ? ({ ...token, text: headingWords((token as Tokens.Text).text) } as Token) : token,
  );
}

function table({ header, rows }: Tokens.Table, follow: Follow): ReactNode {
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            {keyed(header, (cell) => (
              <th scope="col">{inline(cell.tokens, follow)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows, (row) => (
            <tr data-term={slug(row[0]?.text ?? "")} tabIndex={-1}>
              {keyed(row, (cell) => (
                <td>{inline(cell.tokens, follow)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[] | undefined, follow: Follow): ReactNode {
  return keyed(tokens ?? [], (token) => span(token as Tokens.Generic, follow));
}

function span(token: Tokens.Generic, follow: Follow): ReactNode {
  switch (token.type) {
    case "text":
    case "escape":
      return token.tokens ? inline(token.tokens, follow) : unescaped(token.text);
    case "strong":
      // A term of the glossary: help on a number opens at it.
      return <strong data-term={slug(token.text)}>{inline(token.tokens, follow)}</strong>;
    case "em":
      return <em>{inline(token.tokens, follow)}</em>;
    case "del":
      return <del>{inline(token.tokens, follow)}</del>;
    case "codespan":
      return <code>{unescaped(token.text)}</code>;
    case "br":
      return <br />;
    case "link":
      return link(token as Tokens.Link, follow);
    default:
      return token.raw;
  }
}

/** Links to our documents open here; addresses on the network are shown, not followed: the program is offline. */
function link({ href, tokens }: Tokens.Link, follow: Follow): ReactNode {
  const content = inline(tokens, follow);
  const [, path = "", section] = /^(?!https?:)([^#]*)#?(.*)$/i.exec(href) ?? [];
  if (/^https?:/i.test(href)) {
    return (
      <>
        {content} {href !== plain(tokens) && <span className={styles.address}>({href})</span>}
      </>
    );
  }
  if (path === "" && section) return <a href={`#${headingAnchor(`${section} `)}`}>{content}</a>;
  const document = path.replace(/^(\.\.?\/)+/, "").replace(/\.md$/, "");
  return (
    <button type="button" className={styles.link} onClick={() => follow?.(document, section || undefined)}>
      {content}
    </button>
  );
}

function plain(tokens: readonly Token[]): string {
  return tokens.map((token) => ("text" in token ? String(token.text) : token.raw)).join("");
}

/** The lexer escapes the five signs of HTML; React escapes again, so they are taken back. */
function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** Documents never change while they are shown, so the place is the key. */
function keyed<T>(items: readonly T[], draw: (item: T) => ReactNode): ReactNode {
  return items.map((item, place) => createElement(Fragment, { key: `${place}` }, draw(item)));
}
