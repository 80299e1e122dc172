"""Agreement with people's labels, counted."""

import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.evaluation import Report, evaluate

SHARED = Path(__file__).parents[2].parent / "shared" / "eval"


def write(path: Path, *items: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(item) for item in items) + "\n", encoding="utf-8")
    return path


def test_precision_recall_and_f1_are_counted_by_answer(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        {"reply": "what was that like", "main": "question"},
        {"reply": "how did it feel", "main": "reflection"},
        {"reply": "okay", "main": "other"},
    )
    report = evaluate(path)
    scores = report.scores("main")

    assert report.replies == 3
    assert (scores["question"].precision, scores["question"].recall) == (0.5, 1.0)
    assert scores["question"].f1 == pytest.approx(2 / 3)
    assert scores["reflection"].support == 1
    assert report.macro_f1("main") == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert report.confusions["main"]["reflection", "question"] == 1
    assert [(error.expected, error.found) for error in report.errors] == [("reflection", "question")]


def test_the_text_of_a_recognizer_is_judged_where_there_is_one(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        {"reply": "You left?", "reply_asr": "okay", "main": "other"},
        {"reply": "You left?", "reply_asr": "", "main": "question"},
    )

    assert evaluate(path).errors == []


def test_a_line_ends_only_where_json_lines_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"reply": "okay\u2028then", "main": "other"}\r\n\n', encoding="utf-8")

    assert evaluate(path).replies == 1


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "truncated"),
        (b"\xff", "malformed"),
        (b"[]", "Expected `object`"),
        (b'{"main": "other"}', "missing required field `reply`"),
        (b'{"reply": 5, "main": "other"}', r"Expected `str`, got `int` - at `\$.reply`"),
        (b'{"reply": "\xff", "main": "other"}', "utf-8"),
        (b'{"reply": "x", "label": 5}', r"`\$.label`"),
        (b'{"reply": "x", "main": ["a"]}', r"`\$.main`"),
        (b'{"reply": "x", "partner": {}, "main": "other"}', r"`\$.partner`"),
        (b'{"reply": "x", "bad": []}', "`good` and `bad` belong together"),
        (b'{"reply": "x", "good": [1], "bad": []}', r"`\$.good"),
        (b'{"reply": "hi"}', "no label: main"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: bytes, complaint: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"reply": "okay", "main": "other"}\n' + line)

    with pytest.raises(InputError, match=rf"a\.jsonl, line 2: .*{complaint}"):
        evaluate(path)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        evaluate(tmp_path / "gone.jsonl")


needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the replies with labels by experts are not on this machine"
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """A report on every fourth reply of each file, so the test stays quick."""
    folder = tmp_path_factory.mktemp("eval")
    for path in SHARED.glob("*.jsonl"):
        lines = path.read_text("utf-8").splitlines()[::4]
        (folder / path.name).write_text("\n".join(lines), encoding="utf-8")
    return {path.stem: evaluate(path) for path in folder.glob("*.jsonl")}


@needs_shared
@pytest.mark.parametrize(
    ("name", "question", "answer", "least"),
    [
        ("annomi", "reflection", "yes", 0.58),
        ("annomi", "question", "yes", 0.73),
        ("pair", "reflection", "yes", 0.76),
        ("novice_feedback", "bad Suggestions", "yes", 0.52),
    ],
)
def test_agreement_with_experts_does_not_fall(
    reports: dict[str, Report], name: str, question: str, answer: str, least: float
) -> None:
    assert reports[name].scores(question)[answer].f1 >= least


@needs_shared
def test_blocking_is_rarely_claimed_on_a_reply_that_supervisors_found_wholly_good(
    reports: dict[str, Report],
) -> None:
    assert reports["novice_feedback"].scores("blocking on a wholly good reply")["yes"].precision >= 0.95
