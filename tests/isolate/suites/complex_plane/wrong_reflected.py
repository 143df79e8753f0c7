import math


class Point:
    def __init__(self, real, imaginary=0):
        self.real = real
        self.imaginary = imaginary

    @staticmethod
    def _of(other):
        return other if isinstance(other, Point) else Point(other)

    def __eq__(self, other):
        other = self._of(other)
        return self.real == other.real and self.imaginary == other.imaginary

    def __add__(self, other):
        other = self._of(other)
        return Point(self.real + other.real, self.imaginary + other.imaginary)

    __radd__ = __add__

    def __sub__(self, other):
        other = self._of(other)
        return Point(self.real - other.real, self.imaginary - other.imaginary)

    def __rsub_(self, other):
        return self._of(other) - self

    def __mul__(self, other):
        other = self._of(other)
        return Point(
            self.real * other.real - self.imaginary * other.imaginary,
            self.real * other.imaginary + self.imaginary * other.real,
        )

    __rmul__ = __mul__

    def __pow__(self, power):
        return Point(1) if power == 0 else self * self ** (power - 1)

    def __neg__(self):
        return Point(-self.real, -self.imaginary)

    def __abs__(self):
        return math.hypot(self.real, self.imaginary)

    def __complex__(self):
        return complex(self.real, self.imaginary)

    def __bool__(self):
        return bool(self.real or self.imaginary)

    def __divmod__(self, other):
        return self, other

    @classmethod
    def polar(cls, length, angle):
        return cls(length * math.cos(angle), length * math.sin(angle))
