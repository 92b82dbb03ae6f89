import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { headingAnchor } from "../../../renderer/app/help/heading-anchor.ts";
import { Markdown } from "../../../renderer/app/help/markdown.tsx";

const html = (text: string): string => renderToStaticMarkup(<Markdown text={text} />);

describe("documents", () => {
  it("show headings with an anchor by their number", () => {
    expect(html("## 5.8 Delta shock")).toContain('<h3 id="section-5.8" tabindex="-1">5.8 Delta shock</h3>');
    expect(["5.8 Delta", "5. Rules", "Signs and units", "5.8 "].map(headingAnchor)).toEqual([
      "section-5.8",
      "section-5",
      "section-signs-and-units",
      "section-5.8",
    ]);
  });

  it("show tables, lists, code and emphasis", () => {
    const drawn = html("| a | b |\n| --- | --- |\n| **1** | `x < y` |\n\n- one\n- two\n\n```\nblock & code\n```");
    expect(drawn).toContain('<td><strong data-term="1">1</strong></td><td><code>x &lt; y</code></td>');
    expect(drawn).toContain("<li>one</li><li>two</li>");
    expect(drawn).toContain("block &amp; code");
    expect(drawn).toContain('<th scope="col">a</th>');
  });

  it("show raw HTML as text", () => {
    const drawn = html('before <img src=x onerror="alert(1)"> after\n\n<script>alert(1)</script>');
    expect(drawn).not.toMatch(/<img|<script/);
    expect(drawn).toContain("&lt;img src=x");
    expect(drawn).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("follow no address on the network and no script address", () => {
    const drawn = html("[a](https://example.com) [b](javascript:alert(1)) [c](../glossary.md#2)");
    expect(drawn).not.toMatch(/href="(https?|javascript)/);
    expect(drawn).toContain("(https://example.com)");
    expect(drawn.match(/<button/g)).toHaveLength(2);
  });
});
