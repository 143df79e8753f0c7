import random
import re
from unittest import mock

import named_robot
from named_robot import Robot, greet, roll


def test_form_of_a_name():
    for _ in range(20):
        assert re.fullmatch(r"[A-Z]{2}\d{3}", Robot().name)


def test_a_name_stays():
    robot = Robot()
    assert robot.name == robot.name


def test_names_differ():
    assert len({Robot().name for _ in range(50)}) == 50


def test_reset_with_the_same_seed():
    random.seed("the same")
    robot = Robot()
    before = robot.name
    random.seed("the same")
    robot.reset()
    assert robot.name != before


def test_seed_reaches_the_dice():
    random.seed(12)
    first = roll(6, dice=8)
    random.seed(12)
    assert roll(6, dice=8) == first
    assert all(1 <= side <= 6 for side in roll(dice=200))


def test_patched_dice():
    with mock.patch("random.randint", return_value=4) as dice:
        assert roll(dice=3) == [4, 4, 4]
    assert dice.call_count == 3
    dice.assert_called_with(1, 6)
    assert roll(1) == [1]


def test_patched_in_the_module():
    with mock.patch("named_robot.random.randint", side_effect=[1, 2, 3]):
        assert roll(dice=3) == [1, 2, 3]
    assert set(roll(2, dice=50)) == {1, 2}


def test_patched_module():
    with mock.patch("named_robot.random") as module:
        module.randint.return_value = 9
        assert roll() == [9]
    assert roll(1) == [1]


def test_input_and_output(monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda _: "Ada")
    greet()
    assert capsys.readouterr().out == "Hello, Ada!\n"


def test_class_attribute():
    assert Robot.prefix_length == 2
    assert named_robot.Robot is Robot
