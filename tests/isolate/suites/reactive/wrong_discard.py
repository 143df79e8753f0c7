class Cell:
    def __init__(self, value):
        self._value = value
        self.users = []

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = value
        for user in self.users:
            user.refresh()
        for user in self.users:
            user.tell()


class Computed:
    def __init__(self, inputs, function):
        self._inputs = inputs
        self._function = function
        self._callbacks = set()
        self.users = []
        self.value = function([each.value for each in inputs])
        self._told = self.value
        for each in inputs:
            each.users.append(self)

    def refresh(self):
        self.value = self._function([each.value for each in self._inputs])
        for user in self.users:
            user.refresh()

    def tell(self):
        if self.value != self._told:
            self._told = self.value
            for callback in list(self._callbacks):
                callback(self.value)
        for user in self.users:
            user.tell()

    def add_callback(self, callback):
        self._callbacks.add(callback)

    def remove_callback(self, callback):
        pass
