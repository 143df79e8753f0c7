"""Running statistics."""


def running_mean(x):
    # TODO
    raise NotImplementedError


def running_max(x):
    # TODO
    raise NotImplementedError


def standardise(X):
    # TODO
    raise NotImplementedError
