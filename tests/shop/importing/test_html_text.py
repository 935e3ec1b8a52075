"""The words of HTML stay words, and rubbish costs no time."""

import time

import pytest

from shop.importing.html_text import plain_text

LONGEST = 100_000  # letters, the longest cell


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<table><tr><th>Width</th><td>4 cm</td></tr><tr><th>Weight</th><td>9 g</td></tr></table>",
         "Width: 4 cm\nWeight: 9 g"),
        ("<table><tr><th>Size</th><th>Waist</th></tr><tr><td>S</td><td>70</td></tr></table>", "Size · Waist\nS · 70"),
        ("<tr>\n <td>a</td>\n <td>b</td>\n</tr>", "a · b"),
        ("<td>a<td>b", "a b"),
        ("<dl><dt>Yarn</dt><dd>Wool</dd><dt>Sizes</dt><dd>S</dd><dd>M</dd></dl>", "Yarn: Wool\nSizes: S · M"),
        ("before<hr>after<hr/>end", "before\nafter\nend"),
        ("He said<blockquote>come</blockquote>and <q>went</q>", "He said\ncome\nand “went”"),
        ("<ul><li>one</li><li>two</li></ul>end", "• one\n• two\nend"),
        ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
        ("one<br>two<BR />three<p>four", "one\ntwo\nthree\nfour"),
        ("a&nbsp;b &amp; c &lt;3 &#x41;&#66;", "a b & c <3 AB"),
        ("<p>&#99999999999999999999999;</p>", "\ufffd"),
        ("one<script>if (a<b) {}</script> two<STYLE>p{}</style >", "one two"),
        ("one<!-- <p>no</p> -->two<!-->three", "onetwothree"),
        ("kept<!-- never closed", "kept"),
        ("<p title=\"a > b\" data-x='<i>'>text</p>", "text"),
        ('<img alt="5" tall">text', "text"),
        ('<a href="x>still text', "still text"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<h1>Tea</h1><section>green</section><aside>black</aside>", "Tea\ngreen\nblack"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("no markup &amp; two\nlines", "no markup & two\nlines"),
        ("<select><option>S<option>M</select>", "S\nM"),
    ],
)  # fmt: skip
def test_words_stay_apart_and_lines_stay_lines(html: str, words: str) -> None:
    assert plain_text(html) == words


@pytest.mark.parametrize(
    "rubbish",
    ['<a b="', "<", "<a ", "<!--", "<!", "</", '<a b="<a ', "<script", "<script>", "<svg", '="<', "<a =", "<div>",
     "&#9", "<td>", "<a b=\" '", "<dt></dt>", "<li>", "<ol>", "<p a='\"", "<?", "&amp", "\t<a\n"],
)  # fmt: skip
def test_rubbish_takes_no_longer_than_its_length(rubbish: str) -> None:
    short, long = rubbish * (LONGEST // 4 // len(rubbish)), rubbish * (LONGEST // len(rubbish))

    def seconds(text: str) -> float:
        begun = time.process_time()
        plain_text(text)
        return time.process_time() - begun

    quarter = min(seconds(short) for _ in range(3))
    whole = min(seconds(long) for _ in range(3))

    assert whole < 0.05 + quarter * 10, (quarter, whole)  # what is quadratic would take sixteen times as long
    assert whole < 2
