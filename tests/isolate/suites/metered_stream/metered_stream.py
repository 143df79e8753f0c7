import io


class MeteredReader(io.BufferedRandom):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._count = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return super().__exit__(kind, error, trace)

    def __iter__(self):
        return self

    def __next__(self):
        self._count += 1
        line = super().readline()
        if line:
            return line
        raise StopIteration

    def read(self, size=-1):
        self._count += 1
        return super().read(size)

    @property
    def count(self):
        return self._count


class MeteredLine:
    def __init__(self, line):
        self._line = line
        self._sent = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return self._line.__exit__(kind, error, trace)

    def send(self, data, flags=0):
        length = self._line.send(data, flags)
        self._sent += length
        return length

    @property
    def sent(self):
        return self._sent


def write_report(stream, lines):
    for number, line in enumerate(lines, 1):
        print(number, line, sep=": ", file=stream)


def longest(stream):
    return max(stream, key=len).strip()


def use(thing):
    with thing as inner:
        return inner.value + 1


def translate(act):
    try:
        return act()
    except LookupError as error:
        raise ValueError("not found") from error
