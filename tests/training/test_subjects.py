"""Reporting verbs and their subjects in a treebank, and what the rules make of them."""

from service import pipeline
from service.pipeline.annotations import Span
from training import subjects

TREE = """# text = Air naik, kata Sarwono.
1\tAir\tair\tNOUN\t_\t_\t2\tnsubj\t_\t_
2\tnaik\tnaik\tVERB\t_\t_\t0\troot\t_\t_
3\t,\t,\tPUNCT\t_\t_\t4\tpunct\t_\t_
4\tkata\tkata\tNOUN\t_\t_\t2\tparataxis\t_\t_
5\tSarwono\tSarwono\tPROPN\t_\t_\t4\tnsubj\t_\t_
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# text = Kata itu dicoret.
1\tKata\tkata\tNOUN\t_\t_\t3\tnsubj:pass\t_\t_
2\titu\titu\tDET\t_\t_\t1\tdet\t_\t_
3\tdicoret\tcoret\tVERB\t_\t_\t0\troot\t_\t_
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_
"""


def test_only_verbs_that_report_a_clause_are_read(tmp_path):
    path = tmp_path / "tree.conllu"
    path.write_text(TREE, encoding="utf-8")
    (told,) = subjects.read_told(path, frozenset({"kata"}))
    assert (told.verb, told.subject) == (Span(10, 14), Span(15, 22))
    assert subjects.outcome(told, pipeline.load()) == "found"


def test_a_verb_that_the_rules_do_not_read():
    told = subjects.Told("Pernyataan itu ditulis Sarwono.", Span(15, 22), Span(23, 30))
    assert subjects.outcome(told, pipeline.load()) == "unread"
