"""Fits the judge of answers, and measures it by documents that it did not learn from.

    python -m zhice.eval.judging QUESTIONS=STORE [QUESTIONS=STORE …] [--own SHARED --stores DIR] [--cache DIR] [--every N]
        [--adapter] [--left-out] [--write] [--ablate]

The questions of each set are answered by a judge that learned from others (our own sets are left out in three parts). Our own sets
(see `material`) are always learned from; a set named `ncp` never is. The figures are by bounds that the answers of the other open sets
choose. `--write` keeps the judge that learned from all, with those of the open sets that did not learn from these. `--adapter` learns the
adapter of questions from our own sets alone, which comes first: the judge reads its cosines.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from zhice.errors import DatasetError
from zhice.eval.judging import ablation, asking, left_out, sets, tables
from zhice.eval.judging.bounds import choose
from zhice.eval.judging.left_out import Answered
from zhice.eval.judging.sets import Set
from zhice.index import adapters
from zhice.retrieval.answer import judge as judging

JUDGE = Path(judging.__file__).parents[1] / judging.FILE


def main() -> None:
    """Gathers, fits and prints what is asked for."""
    options = _options()
    own = sets.own(options.own, options.stores, _tell) if options.own else []
    if options.adapter:
        asking.write(own, adapters.GENERAL, _tell)
        return
    every = [*map(sets.given, options.sets), *(asking.crossed(own, options.stores / "adapters", _tell))]
    if options.ablate:
        print(ablation.table([one for one in every if not one.own], [one for one in every if one.own], options.cache, _tell))
        return
    if not (options.left_out or options.write):
        for one in every:
            gathered = one.cases(options.cache)
            print(f"{one.name}: {len(one.questions)} questions, {len(gathered.listed)} with candidates")
        return
    answered = left_out.answered(every, options.cache, _tell, options.every)
    bounds = left_out.bounds_without(answered)
    print(tables.whole({one: one.report(bounds[one.of.name]) for one in answered}))
    chosen = choose([one.outcomes for one in answered if one.of.learned and not one.of.own])
    print(f"bounds by the left-out answers: {tables.told(chosen)}")
    if options.write:
        _write(every, answered, options.cache)


def _write(every: Sequence[Set], answered: Sequence[Answered], cache: Path) -> None:
    JUDGE.write_text(judging.written(left_out.fitted("all", [one for one in every if one.learned], cache)), "utf-8")
    left_out.FOLDER.mkdir(exist_ok=True)
    for one in answered:
        if one.of.learned and not one.of.own:
            left_out.write(one.of.name, one.judge)


def _tell(line: str) -> None:
    print(line, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m zhice.eval.judging", description="Fits and measures the judge of answers.")
    parser.add_argument("sets", nargs="*", metavar="QUESTIONS=STORE")
    parser.add_argument("--own", type=Path, metavar="SHARED", help="learn from our own questions on the documents of this folder")
    parser.add_argument("--stores", type=Path, metavar="DIR", help="where the documents and indexes of our own sets are kept")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep cases and judges here, and go on from them")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of our own sets ask each N-th question (default: all)")
    parser.add_argument("--adapter", action="store_true", help="write index/data/questions.safetensors, learned from our own questions")
    parser.add_argument("--left-out", action="store_true", help="print figures by judges that learned nothing from the documents")
    parser.add_argument("--ablate", action="store_true", help="print figures without each group of features")
    parser.add_argument("--write", action="store_true", help="write retrieval/data/judge.json and eval/judging/left_out/")
    options = parser.parse_args()
    if options.own and not options.stores:
        raise DatasetError("--own: no folder for the indexes; give --stores DIR")
    return options


if __name__ == "__main__":
    main()
