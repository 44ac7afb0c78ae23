"""What the documentation says exists, and its examples run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from docs.examples import PAGES, ROOT, ExampleError, can_run, find_examples, refresh, run, serve
from service import settings
from service.commands import main

MARKDOWN = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
SHELL = re.compile(r"^```sh\n((?:(?!```).*\n)*)```$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#]+)[^)]*\)")


@pytest.fixture(scope="module")
def port():
    with serve() as number:
        yield number


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(page, port):
    names: dict[str, object] = {}
    examples = find_examples((ROOT / page).read_text(encoding="utf-8"))
    assert examples
    for example in examples:
        if not can_run(example):
            pytest.skip("what the examples need is not on this machine")
        assert run(example, port, names).strip()


def test_the_settings_are_documented_as_they_are():
    assert settings.describe() in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", MARKDOWN, ids=name)
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", MARKDOWN, ids=name)
def test_commands_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    told = "\n".join([*SHELL.findall(text), *re.findall(r"`([^`\n]+)`", text)])
    for line in told.splitlines():
        words = line.split()
        if "make" in words[:2]:
            target = words[words.index("make") + 1 :][:1]
            assert not target or target[0] in targets, line
        if words[:1] == ["kroscek"] and len(words) > 1:
            command = main.commands[words[1]]
            options = {option for parameter in command.params for option in parameter.opts}
            assert {word for word in words[2:] if word.startswith("--")} <= options, line


def test_every_target_is_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = " ".join(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)).split()
    assert "test" in targets
    for target in targets:
        assert re.search(rf"^{target}:.* ## \w", makefile, re.MULTILINE), target


PAGE = """Text.

```sh
echo one
```

Not an example, since text stands between.

```text
kept
```

```python
x = "two  "
print(x)
```

```text
old
```

```python
print(x * 2)
```

```json
```
"""


def test_only_what_is_followed_by_an_output_is_an_example_and_names_are_shared():
    text = refresh(PAGE, 1)
    assert text.count("```") == PAGE.count("```")
    assert "kept\n" in text
    assert "old" not in text
    assert "```text\ntwo\n```" in text
    assert "```json\ntwo  two\n```" in text
    assert refresh(text, 1) == text


@pytest.mark.parametrize(
    ("language", "code"), [("sh", "false"), ("python", "raise ValueError"), ("python", "1 +"), ("js", "throw 1")]
)
def test_an_example_that_fails_is_an_error(language, code):
    if language == "js" and shutil.which("node") is None:
        pytest.skip("node is not on this machine")
    with pytest.raises(ExampleError):
        refresh(f"```{language}\n{code}\n```\n\n```text\n```\n", 1)
