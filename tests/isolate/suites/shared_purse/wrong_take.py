import threading


class ClosedPurseError(ValueError):
    pass


class Purse:
    def __init__(self):
        self._lock = threading.Lock()
        self._is_open = False
        self._coins = 0

    def open(self):
        if self._is_open:
            raise ClosedPurseError("already open")
        self._is_open = True

    def put(self, coins):
        if coins <= 0:
            raise ValueError("coins must be positive")
        with self._lock:
            self._coins = self._coins + coins

    def take(self, coins):
        with self._lock:
            if coins > self._coins:
                raise ValueError("not so many coins")
            self._coins -= 2 * coins

    @property
    def coins(self):
        if not self._is_open:
            raise ClosedPurseError("closed")
        return self._coins


def count_letters(texts):
    found = {}
    lock = threading.Lock()

    def count(text):
        for letter in text:
            with lock:
                found[letter] = found.get(letter, 0) + 1

    threads = [threading.Thread(target=count, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
