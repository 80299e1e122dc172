import pytest

from coach.audio.devices import Device, first_line, pick_device
from coach.errors import LoudspeakerError, MicrophoneError


def device(name: str, *, inputs: int = 0, outputs: int = 0, default: bool = False, index: int = 0) -> Device:
    return Device(
        name=name,
        inputs=inputs,
        outputs=outputs,
        default_rate=48_000.0,
        is_default_input=default and inputs > 0,
        is_default_output=default and outputs > 0,
        index=index,
    )


HEADSET = device("USB Headset: Audio", inputs=1, outputs=2, index=3)
BUILT_IN = device("Built-in Audio", inputs=2, index=1, default=True)
SPEAKERS = device("HDMI", outputs=2, index=2, default=True)
DEVICES = [SPEAKERS, HEADSET, BUILT_IN]


def test_without_a_name_it_is_the_default() -> None:
    assert pick_device(DEVICES, None, "input") is BUILT_IN
    assert pick_device(DEVICES, None, "output") is SPEAKERS


def test_without_a_default_it_is_the_first_that_can() -> None:
    assert pick_device([SPEAKERS, HEADSET], None, "input") is HEADSET


@pytest.mark.parametrize("name", ["USB Headset: Audio", "usb", "headset"])
def test_a_part_of_the_name_in_any_case_is_enough(name: str) -> None:
    assert pick_device(DEVICES, name, "input") is HEADSET


def test_the_whole_name_beats_its_beginning_and_that_beats_a_part() -> None:
    named = [device(name, inputs=1) for name in ("My Mic Two", "Mic Two", "Mic")]
    assert pick_device(named, "mic", "input") is named[2]
    assert pick_device(named[:2], "mic", "input") is named[1]


def test_a_number_is_no_name() -> None:
    with pytest.raises(MicrophoneError, match="coach devices"):
        pick_device(DEVICES, "3", "input")


def test_a_loudspeaker_is_no_microphone() -> None:
    with pytest.raises(MicrophoneError, match="HDMI"):
        pick_device(DEVICES, "HDMI", "input")


def test_no_loudspeaker_at_all_is_said() -> None:
    with pytest.raises(LoudspeakerError, match="plug one in"):
        pick_device([BUILT_IN], None, "output")


def test_a_device_may_be_the_default_either_way() -> None:
    assert [each.is_default for each in DEVICES] == [True, False, True]


@pytest.mark.parametrize(
    ("error", "said"),
    [(OSError("busy\nand more"), "busy"), (OSError("\n busy "), "busy"), (ValueError(), "ValueError")],
)
def test_a_report_is_told_in_one_line(error: Exception, said: str) -> None:
    assert first_line(error) == said
