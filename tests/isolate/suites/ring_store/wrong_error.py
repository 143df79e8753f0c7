class RingFullError(BufferError):
    def __init__(self, message, capacity):
        super().__init__(message)
        self.capacity = capacity


class RingEmptyError(BufferError):
    pass


class RingStore:
    def __init__(self, capacity):
        self._slots = []
        self._capacity = capacity

    def put(self, item):
        if len(self._slots) == self._capacity:
            raise RingFullError("no room left", self._capacity)
        self._slots.append(item)

    def force(self, item):
        if len(self._slots) == self._capacity:
            self._slots.pop(0)
        self._slots.append(item)

    def take(self):
        if not self._slots:
            raise BufferError("no item left")
        return self._slots.pop(0)

    def clear(self):
        del self._slots[:]
