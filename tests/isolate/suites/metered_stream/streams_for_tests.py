import inspect
import io

TEXT = b"one line\nand a second line\nthe end\n"


class BrokenLineError(Exception):
    pass


class Recorded(io.BytesIO):
    def __init__(self, *args, error=None):
        super().__init__(*args)
        self.__error = error

    def __exit__(self, kind, error, trace):
        super().__exit__(kind, error, trace)
        return kind is not None and "forgive" in error.args[0]

    def read(self, size=-1):
        if self.__error is not None:
            raise self.__error
        return super().read(size)


class Line:
    def __init__(self, chunk=100, error=None):
        self._got = io.BytesIO()
        self.__chunk = chunk
        self.__error = error
        self.left = None

    def __exit__(self, kind, error, trace):
        self.left = (kind, error)
        self._got.close()
        return kind is not None and "forgive" in error.args[0]

    def send(self, data, flags=0):
        if self.__error is not None:
            raise self.__error
        return self._got.write(data[: self.__chunk])


class SuperStandIn:
    """Stands for ``super`` itself: in ``__init__`` for this object, elsewhere for another."""

    base = None
    calls = 0
    is_made = False

    def __init__(self, *args, **kwargs):
        if self.is_made:
            self.calls += 1
        else:
            self.is_made = True

    def __call__(self, *args, **kwargs):
        frames = inspect.getouterframes(inspect.currentframe())
        if any(f.function == "__init__" and "metered_stream" in f.filename for f in frames[1:]):
            return self
        return self.base
