"""The arithmetic and the tables of the measurements."""

from bench.report import Goal, percentile, table


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(value) for value in range(1, 101)]

    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile([3.0], 0.99) == 3


def test_a_goal_is_met_at_its_limit_and_missed_beyond_it() -> None:
    assert Goal("ratio", 1.05, 1.05).is_met
    assert not Goal("ratio", 1.06, 1.05).is_met
    assert Goal("throughput", 0.9, 0.9, at_least=True).is_met
    assert not Goal("throughput", 0.89, 0.9, at_least=True).is_met


def test_the_columns_of_a_table_line_up() -> None:
    assert table(("a", "long"), [("xyz", "1")]) == "| a   | long |\n|-----|------|\n| xyz | 1    |"
