"""Texts that break what is careless with them: every page, export and query must show them as they are.

Written for this project. ``HOSTILE`` holds all; the groups say what each would break. Nothing in them
does harm by itself: scripts only set ``window.pwned`` or open a dialog, addresses end in ``.invalid``.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BIDIRECTIONAL",
    "CONTROLS",
    "FORMULAS",
    "HOSTILE",
    "LONG",
    "MARKUP",
    "NAMES",
    "QUERIES",
    "SCRIPTS",
    "SHAPES",
    "TEMPLATES",
]

SCRIPTS: Final = (
    "<script>window.pwned = 1; alert(1)</script>",
    "</script><script>window.pwned = 1; alert(2)</script>",
    "</title><script>window.pwned = 1; alert(3)</script>",
    "</textarea></style></noscript><script>window.pwned = 1</script>",
    "<scr<script>ipt>window.pwned = 1</scr</script>ipt>",
    "<ScRiPt >window.pwned = 1</sCrIpT >",
    '<img src=x onerror="window.pwned = 1; alert(4)">',
    ']]><img src=x onerror="window.pwned = 1; alert(5)">',
    '"><svg onload=alert(6)>',
    "<svg><script>window.pwned = 1</script></svg>",
    "' onmouseover='alert(7)' x='",
    '" autofocus onfocus="window.pwned = 1',
    "` onclick=`window.pwned = 1",
    "javascript:alert(8)",
    "data:text/html,<script>window.pwned = 1</script>",
    "<iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    '<a href="jAvAsCrIpT&colon;window.pwned=1">工会</a>',
    "<details open ontoggle=window.pwned=1>",
    "＜script＞window.pwned = 1＜/script＞",
)
"""What would run in a page."""

MARKUP: Final = (
    "<!--<script>",
    "--><b>工会</b>",
    "<plaintext>",
    '<a href="https://example.invalid/">工会</a>',
    "<style>@import 'https://example.invalid/a.css'</style>",
    "<link rel=prefetch href=https://example.invalid/>",
    "<base href=https://example.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    "<form action=https://example.invalid/><button>好</button></form>",
    "url(https://example.invalid/a.png)",
    "&lt;b&gt;工会&lt;/b&gt; &amp;#39; &#x202e; &copy",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "工">]><a>&x;</a>',
    "<![CDATA[工会]]>",
    "工会`rm`|甲|乙|\n|---|---|",
)
"""What would change the structure of a page or fetch something."""

TEMPLATES: Final = (
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} $DATA {title} {0}",
    "{% for x in y %}{{ x }}{% endfor %}",
    "%s%n%(name)s\\u0041\\x41\\",
    "$& $1 $` $'",
)
"""What a template or a replacement would take for its own."""

FORMULAS: Final = (
    '=HYPERLINK("https://example.invalid","工会")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r\n=1+1",
    "＝1+1",
)
"""What a spreadsheet would run."""

QUERIES: Final = (
    "'; DROP TABLE unions; --",
    '" } DELETE WHERE { ?s ?p ?o } #',
    "> } SERVICE <https://example.invalid/> { ?s ?p ?o",
    '\\" . <https://example.invalid/s> a <https://example.invalid/o> . "',
    "../../etc/passwd",
    "..\\..\\con\0.txt",
)
"""What would change a query, a Turtle file or a path."""

BIDIRECTIONAL: Final = (
    "\u202e会工总市浮云\u202c abc \u2066isolate\u2069",
    "\u200f工会\u200e\u061c(市)",
    "اتحاد العمال 工会 נקודה",
)
"""What turns the direction of what follows."""

CONTROLS: Final = (
    "行一\u2028行二\u2029行三\x85行四",
    "\x00\x07\x1b[31m控制符\x7f",
    "工\u200b\u200c\u200d\u2060\ufeff会",
    "\ud800半个代理",
    "\ufffe\uffff非字符\U0001fffe",
)
"""What is no visible character."""

SHAPES: Final = (
    "𠮷野家𡈽工会🏭👩‍👩‍👧‍👦",
    "e\u0301\u0327" + "\u0301" * 40,
    "ﷺ㊗㍿Ⅷ①",
    "工󠄀会󠄁🏴󠁧󠁢󠁥󠁮󠁧󠁿",
)
"""What is wider, taller or longer than it counts."""

LONG: Final = ("很长" * 2000, "x" * 5000)
"""What does not fit."""

NAMES: Final = (
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "null",
    "undefined",
    "NaN",
    "true",
    "",
    "   ",
)
"""What programs take for something of their own, or for nothing."""

HOSTILE: Final = (
    *SCRIPTS,
    *MARKUP,
    *TEMPLATES,
    *FORMULAS,
    *QUERIES,
    *BIDIRECTIONAL,
    *CONTROLS,
    *SHAPES,
    *LONG,
    *NAMES,
)
"""All of them."""
