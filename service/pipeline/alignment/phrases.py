"""Word sequences that a language's data lists, ready to be found in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Phrases:
    """Word sequences, found in a list of lower-case words by their first word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, label in entries:
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words, label))
        for known in self._by_first.values():
            known.sort(key=lambda entry: (-len(entry[0]), entry))

    def match(self, words: Sequence[str], index: int) -> tuple[int, str] | None:
        """The length in words and the label of the longest entry that begins at ``index``."""
        known = self._by_first.get(words[index])
        if known is not None:
            for entry, label in known:
                if tuple(words[index : index + len(entry)]) == entry:
                    return len(entry), label
        return None

    def find(self, words: Sequence[str]) -> int | None:
        """Where in ``words`` the first entry begins; None where none stands there."""
        # most stretches hold no first word of any, which is told without a look at each place
        if self._by_first.keys().isdisjoint(words):
            return None
        return next((index for index in range(len(words)) if self.match(words, index)), None)

    def spots(self, words: Sequence[str], start: int = 0) -> Sequence[int]:
        """The places in ``words``, from ``start`` on, at which an entry may begin: mostly none."""
        if self._by_first.keys().isdisjoint(words):
            return ()
        return [index for index in range(start, len(words)) if words[index] in self._by_first]

    def within(self, words: Sequence[str]) -> bool:
        """Whether any entry stands anywhere in ``words``."""
        return self.find(words) is not None


def ready(entries: Mapping[str, Iterable[str]]) -> dict[str, Phrases]:
    """Lists of sequences, by their names, ready to be found; the label of a sequence is the sequence itself."""
    return {name: Phrases((entry, entry) for entry in listed) for name, listed in entries.items()}


def words_of(entries: Iterable[str]) -> frozenset[str]:
    """All words of ``entries``."""
    return frozenset(word for entry in entries for word in entry.split())
