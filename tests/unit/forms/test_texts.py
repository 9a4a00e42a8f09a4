"""HTML, templates and addresses of a form."""

from __future__ import annotations

import html as stdlib_html

import pytest

from engine.feel import DEFAULT
from engine.forms.expressions import FormScope, as_feel
from engine.forms.html import sanitise
from engine.forms.origin import is_own
from engine.forms.template import compile_template


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("<p>Chào</p>", "<p>Chào</p>"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<script>alert(1)</script>b", "b"),
        ("<SCRIPT src=//x>alert(1)</SCRIPT>b", "b"),
        ("<style>p{}</style>b", "b"),
        ("<svg><script>x</script><p>y</p></svg>b", "b"),
        ("<a href='https://example.org'>a</a>", "<a>a</a>"),
        ("<a href='/huong-dan?x=1&y=2'>a</a>", '<a href="/huong-dan?x=1&amp;y=2">a</a>'),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='/\\evil.example'>a</a>", "<a>a</a>"),
        ("<img src='//example.org/a.png' alt='\"x'>", '<img alt="&quot;x">'),
        ("<iframe src='/x'></iframe>b", "b"),
        ("<b>a<i>b</b>c", "<b>a<i>b</i></b>c"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<p style='position:fixed'>x</p>", "<p>x</p>"),
        ("<form action='/x'><input></form>", ""),
        ("<!-- <script>x</script> -->b", "b"),
        ("{{#if a < 3}}<b>{{name}}</b>{{/if}}", "{{#if a < 3}}<b>{{name}}</b>{{/if}}"),
        ("<a href='/ho-so/{{code}}'>a</a>", '<a href="/ho-so/{{code}}">a</a>'),
        ("<a href='{{url}}'>a</a>", "<a>a</a>"),
        ("<p title='{{\"<script>\"}}'>x</p>", '<p title="{{"<script>"}}">x</p>'),
    ],
)
def test_html_is_reduced_to_harmless_markup(source, clean):
    assert sanitise(source) == clean


@pytest.mark.parametrize("source", ["/a", "/a/b?c=d#e", "/"])
def test_own_addresses(source):
    assert is_own(source)


@pytest.mark.parametrize("source", ["", "a", "//a", "/\\a", "https://a", "/a b", "/a\nb", "data:x"])
def test_foreign_addresses(source):
    assert not is_own(source)


def rendered(source, data, escape=str):
    return compile_template(source).render(FormScope(as_feel(data), DEFAULT), escape)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Chào {{name}}", "Chào Lâm & Hạnh"),
        ("={{}}" and '="Chào " + name', "Chào Lâm & Hạnh"),
        ("{{missing}}!", "!"),
        ("{{#if n > 1}}nhiều{{/if}}{{#if n > 9}}quá{{/if}}", "nhiều"),
        ("{{#loop rows}}{{this.a}}:{{i[1]}} {{/loop}}", "x:1 y:2 "),
        ('{{#loop rows}}{{#if this.a = "y"}}{{parent.n}}{{/if}}{{/loop}}', "2"),
        ("{{n}} {{n > 1}}", "2 true"),
    ],
)
def test_templates_are_filled_with_feel(source, text):
    data = {"name": "Lâm & Hạnh", "n": 2, "rows": [{"a": "x"}, {"a": "y"}]}

    assert rendered(source, data) == text


def test_values_are_escaped_where_the_caller_says_how():
    assert (
        rendered("<b>{{x}}</b>", {"x": "<script>"}, stdlib_html.escape) == "<b>&lt;script&gt;</b>"
    )


@pytest.mark.parametrize(
    "source", ["{{/if}}", "{{#if a}}", "{{#loop a}}{{/if}}", "{{#each a}}{{/each}}", "{{}}"]
)
def test_a_broken_template_is_refused(source):
    with pytest.raises(ValueError, match=r"."):
        compile_template(source)
