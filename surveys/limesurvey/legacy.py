"""LimeSurvey's older conditions, rows of a table, as the expression that they stand for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from surveys.foreign.trees import Call, Compared, Expression, Joined, Literal, Name, Not
from surveys.limesurvey.dump import Row
from surveys.limesurvey.survey import LimeQuestion


def conditions_of(
    rows: Iterable[Row], questions: Mapping[str, LimeQuestion]
) -> Mapping[str, Expression]:
    """The expression for each question that has rows, by its id. Within a scenario rows on one
    variable are alternatives and different variables must all fit; scenarios are alternatives.
    Every variable counts as empty where it was not asked."""
    found: dict[str, dict[str, dict[str, list[Expression]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in rows:
        variable = row.get("cfieldname", "")
        scenario = found[row.get("qid", "")][row.get("scenario", "1")]
        scenario[variable].append(_test(row, questions.get(row.get("cqid", ""))))
    return {
        qid: _joined(
            [
                _joined([_joined(tests, every=False) for tests in variables.values()], every=True)
                for variables in scenarios.values()
            ],
            every=False,
        )
        for qid, scenarios in found.items()
    }


def _joined(parts: list[Expression], *, every: bool) -> Expression:
    return parts[0] if len(parts) == 1 else Joined(tuple(parts), every)


def _test(row: Row, tested: LimeQuestion | None) -> Expression:
    field, value = row.get("cfieldname", ""), row.get("value", "")
    sign = row.get("method", "").strip() or "=="
    name = field.lstrip("+")
    if tested is not None and tested.kind in ("M", "P") and not field.startswith("+"):
        name, value = f"{name}{value}", "Y"
    variable = Name(f"{name}.NAOK")
    if sign == "RX":
        return Call("regexmatch", (Literal(value), variable))
    if not value.strip():
        empty = Call("is_empty", (variable,))
        return Not(empty) if sign in ("!=", ">") else empty
    return _compared(sign, variable, value)


def _compared(sign: str, variable: Name, value: str) -> Expression:
    if sign not in ("==", "!=", "<", "<=", ">", ">="):
        return Call(f"method {sign[:20]}", (variable,))
    other = value.startswith("@") and value.endswith("@")
    right: Expression = Name(f"{value.strip('@')}.NAOK") if other else Literal(value)
    if value.startswith("{"):
        right = Name(value.strip("{}"))
    return Compared(sign, variable, right)
