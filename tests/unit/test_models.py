"""What is written about the models that can be had."""

import re
import tomllib

import pytest

from coach.speech.recognizer import RECOMMENDED_MODEL
from tests.conftest import ROOT

README = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
MODELS = tomllib.loads((ROOT / "models" / "manifest.toml").read_text(encoding="utf-8"))["model"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model["name"]))
def test_a_model_is_described_in_full(model: dict[str, str | int]) -> None:
    assert set(model) == {"name", "address", "size", "sha256", "licence", "summary"}
    assert str(model["address"]).startswith("https://")
    assert str(model["address"]).endswith(f"/{model['name']}.zip")
    assert isinstance(model["size"], int)
    assert model["size"] > 1_000_000
    assert re.fullmatch("[0-9a-f]{64}", str(model["sha256"]))
    assert model["licence"]
    assert model["summary"]


def test_the_way_to_install_a_model_agrees_with_the_manifest() -> None:
    known = {(model["address"], model["sha256"], f"{model['name']}.zip") for model in MODELS}
    addresses = re.findall(r"curl -LO (\S+)", README)
    checksums = re.findall(r"([0-9a-f]{64})  (\S+\.zip)", README)
    assert addresses
    assert {(address, *checksum) for address, checksum in zip(addresses, checksums, strict=True)} <= known


def test_the_recommended_model_is_listed_and_explained() -> None:
    assert RECOMMENDED_MODEL in [model["name"] for model in MODELS]
    assert f"{RECOMMENDED_MODEL}.zip" in README
