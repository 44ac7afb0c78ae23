"""``python -m service`` is ``kroscek``."""

from service.commands import main

main(prog_name="kroscek")
