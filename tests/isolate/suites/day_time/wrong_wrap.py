from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction


class DayTime:
    def __init__(self, hour, minute):
        self.total = (hour * 60 + minute) % 1439

    def __repr__(self):
        return f"DayTime({self.total // 60}, {self.total % 60})"

    def __str__(self):
        return f"{self.total // 60:02}:{self.total % 60:02}"

    def __eq__(self, other):
        return isinstance(other, DayTime) and self.total == other.total

    def __hash__(self):
        return hash(self.total)

    def __add__(self, minutes):
        return DayTime(0, self.total + minutes)

    def __sub__(self, minutes):
        return DayTime(0, self.total - minutes)

    def __iadd__(self, minutes):
        self.total = (self.total + minutes) % 1439
        return self

    def __lt__(self, other):
        return self.total < other.total


def later(moment, seconds):
    return moment + timedelta(seconds=seconds)


def next_sunday(day: date):
    return day + timedelta(days=6 - day.weekday())


def share(amount, parts):
    return Decimal(amount) / parts, Fraction(1, parts)


def now():
    return datetime.now()
