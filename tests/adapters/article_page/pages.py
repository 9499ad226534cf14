"""Pages as they stand on the web: much around little, and an article in the middle."""

SENTENCES = (
    "The orchard in winter is a quiet place, and the people who tend it know that its silence is full of work.",
    "Long before the first frost they walk along the rows and decide which of the branches will have to go.",
    "Whoever cuts too little will pick small apples, and whoever cuts too much will pick none for a year or two.",
    "In the shed the ladders are mended, the saws are sharpened, and the labels of the old trees are painted anew.",
    "Nobody hurries, because a tree that has stood for eighty years does not care about another week of rain.",
)


def paragraphs(count: int, *, start: int = 0) -> str:
    """That many paragraphs, each of which is like no other."""
    return "".join(
        f"<p>{SENTENCES[number % 5]} It was the walk of day {number + 1}.</p>\n"
        for number in range(start, start + count)
    )


def page(article: str, *, head: str = "", title: str = "Winter orchard", language: str = "en") -> str:
    """A page with an article, and around it what pages have around an article."""
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title} | The Garden Post</title>{head}
<script>window.tracking = "<p>not the article</p>";</script><style>p {{ color: red }}</style></head>
<body><header class="site"><a href="/">The Garden Post</a><nav><ul><li><a href="/news">News</a></li>
<li><a href="/trees">Trees</a></li></ul></nav></header>
<main><article><h1>{title}</h1>{article}</article>
<aside class="related"><h2>More stories</h2><div class="card"><a href="/1"><img src="/teaser.jpg" width="300"
height="200"></a><h3><a href="/1">Ten pears that nobody wanted to know of</a></h3></div></aside></main>
<footer class="footer"><p>Copyright 2024 The Garden Post. All rights reserved.</p></footer></body></html>"""
